'use client'

import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { Icon } from './icons.tsx'

type Copied = 'notYet' | 'copied' | 'selected'

/**
 * Copies the text of an element, and says so. Where the browser does not let a page copy, the text is left selected.
 * `takesFocus`: what had the focus has just given way to this.
 */
export function CopyButton(props: {
  label: string
  from: RefObject<HTMLElement | null>
  takesFocus?: boolean
}) {
  const { label, from, takesFocus = false } = props
  const t = useTranslations()
  const [copied, setCopied] = useState<Copied>('notYet')
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // Not `autoFocus`: after a key press the dialog's own care for the focus may come before that.
    if (takesFocus) button.current?.focus()
  }, [takesFocus])
  const copy = async () => {
    const element = from.current
    if (element !== null) setCopied((await copyText(element)) ? 'copied' : 'selected')
  }
  return (
    <>
      <Button className="btn" ref={button} onPress={() => void copy()}>
        <Icon name={copied === 'copied' ? 'check' : 'copy'} />
        {label}
      </Button>
      <span role="status" className="meta">
        {copied === 'copied' ? t('copy.done') : copied === 'selected' ? t('copy.selected') : ''}
      </span>
    </>
  )
}

/** The clipboard is there on secure origins only; a hub without TLS in the house's own network has the old way. */
async function copyText(element: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(element.textContent)
    return true
  } catch {
    getSelection()?.selectAllChildren(element)
    return document.execCommand('copy')
  }
}
