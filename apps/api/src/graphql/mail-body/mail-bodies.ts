import type { BlobStore } from '@centralino/event-store'
import type { MailTable } from '@centralino/projections'
import type { Sanitiser } from './sanitiser.ts'

export type MailBody = {
  readonly text: string
  /** Null without an HTML part, or when it is too large or too strange to be made safe. */
  readonly safeHtml: string | null
  readonly blockedImages: number
}

type Stored = Pick<MailTable, 'text_sha256' | 'html_sha256'>

export type MailBodies = {
  /** Never throws for what is in a mail; a body that is missing or damaged reads as empty. */
  bodyOf(mail: Stored): Promise<MailBody>
}

/** Larger bodies are cut (text) or not shown (HTML); the message as received can always be downloaded. */
export const MAXIMUM_BODY_BYTES = 1024 * 1024
const CACHED_BODIES = 100
const MAXIMUM_CACHED_CHARACTERS = 200_000

/** Reads bodies from the blob store and makes HTML safe; the last hundred are kept, since a desk asks again and again. */
export const createMailBodies = (options: {
  readonly blobs: Pick<BlobStore, 'get' | 'size'>
  readonly sanitiser: Sanitiser
  readonly onUnreadable: (error: unknown) => void
}): MailBodies => {
  const cache = new Map<string, Promise<MailBody>>()

  const read = async (sha256: string | null): Promise<string> => {
    if (sha256 === null) return ''
    try {
      const stream = await options.blobs.get(sha256)
      if (stream === null) return ''
      const chunks: Buffer[] = []
      let bytes = 0
      for await (const chunk of stream) {
        const buffer = Buffer.from(chunk)
        chunks.push(buffer)
        bytes += buffer.length
        if (bytes >= MAXIMUM_BODY_BYTES) break
      }
      return Buffer.concat(chunks).subarray(0, MAXIMUM_BODY_BYTES).toString('utf8')
    } catch (error) {
      options.onUnreadable(error)
      return ''
    }
  }

  const load = async (mail: Stored): Promise<MailBody> => {
    const text = await read(mail.text_sha256)
    if (mail.html_sha256 === null) return { text, safeHtml: null, blockedImages: 0 }
    const size = await options.blobs.size(mail.html_sha256).catch(() => null)
    if (size === null || size > MAXIMUM_BODY_BYTES) return { text, safeHtml: null, blockedImages: 0 }
    const sanitised = await options.sanitiser.sanitise(await read(mail.html_sha256))
    if (sanitised === null) return { text, safeHtml: null, blockedImages: 0 }
    const { safeHtml, blockedImages } = sanitised
    return { text: mail.text_sha256 === null ? sanitised.text : text, safeHtml, blockedImages }
  }

  return {
    bodyOf(mail) {
      const key = `${mail.text_sha256}|${mail.html_sha256}`
      const known = cache.get(key)
      cache.delete(key)
      const body = known ?? load(mail)
      cache.set(key, body)
      if (cache.size > CACHED_BODIES) cache.delete(cache.keys().next().value ?? '')
      void body.then(({ text, safeHtml }) => {
        const large = text.length + (safeHtml?.length ?? 0) > MAXIMUM_CACHED_CHARACTERS
        // HTML that could not be made safe for the moment (a busy worker) is tried again the next time.
        if (large || (mail.html_sha256 !== null && safeHtml === null)) cache.delete(key)
      })
      return body
    },
  }
}
