'use client'

import { useRef, useState } from 'react'
import { MAIL_SANDBOX, mailDocument } from './mail-document.ts'

const LOWEST = 60
/** A mail that claims to be longer scrolls inside its frame. */
const HIGHEST = 4000

/** A mail's HTML in a frame of its own, as high as its text. */
export function MailFrame({ html, title }: { html: string; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(LOWEST)
  const measure = () => {
    const body = frame.current?.contentDocument?.body
    if (body) setHeight(Math.min(HIGHEST, Math.max(LOWEST, body.scrollHeight + 24)))
  }
  return (
    <iframe
      ref={frame}
      className="mail-frame"
      title={title}
      sandbox={MAIL_SANDBOX}
      referrerPolicy="no-referrer"
      srcDoc={mailDocument(html)}
      onLoad={measure}
      style={{ height }}
    />
  )
}
