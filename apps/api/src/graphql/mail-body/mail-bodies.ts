import type { BlobStore } from '@centralino/event-store'
import type { MailTable } from '@centralino/projections'
import type { SanitisedMail } from './sanitise.ts'
import type { NotSanitised, Sanitiser } from './sanitiser.ts'

/** What of a mail's bodies is not shown: its HTML is too large or cannot be made safe, or its text is cut. */
export type MailBodyDefect = 'htmlNotShown' | 'textCut'

export type MailBody = {
  readonly text: string
  /** Null without an HTML part, or with the defect `htmlNotShown`. */
  readonly safeHtml: string | null
  readonly blockedImages: number
  readonly defects: readonly MailBodyDefect[]
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
/** HTML parts, by their hashes, that are remembered as not to be made safe. */
const REMEMBERED_FAILURES = 10_000
/** So long; then it is tried again, since an overloaded machine runs out of time on a mail that is harmless. */
const FAILURE_REMEMBERED_MILLISECONDS = 600_000

/** Reads bodies from the blob store and makes HTML safe; the last hundred are kept, since a desk asks again and again. */
export const createMailBodies = (options: {
  readonly blobs: Pick<BlobStore, 'get' | 'size'>
  readonly sanitiser: Sanitiser
  readonly onUnreadable: (error: unknown) => void
  /** Milliseconds that only grow; `performance.now` unless a test turns the clock. */
  readonly nowMilliseconds?: () => number
}): MailBodies => {
  const now = options.nowMilliseconds ?? (() => performance.now())
  const cache = new Map<string, Promise<MailBody>>()
  /** Until when a part is not tried again. */
  const failed = new Map<string, number>()
  const passing = new WeakSet<MailBody>()

  const read = async (sha256: string | null): Promise<{ text: string; cut: boolean }> => {
    const nothing = { text: '', cut: false }
    if (sha256 === null) return nothing
    try {
      const stream = await options.blobs.get(sha256)
      if (stream === null) return nothing
      const chunks: Buffer[] = []
      let bytes = 0
      for await (const chunk of stream) {
        const buffer = Buffer.from(chunk)
        chunks.push(buffer)
        bytes += buffer.length
        if (bytes > MAXIMUM_BODY_BYTES) break
      }
      const text = Buffer.concat(chunks).subarray(0, MAXIMUM_BODY_BYTES).toString('utf8')
      return { text, cut: bytes > MAXIMUM_BODY_BYTES }
    } catch (error) {
      options.onUnreadable(error)
      return nothing
    }
  }

  const sanitise = async (sha256: string): Promise<SanitisedMail | NotSanitised> => {
    if ((failed.get(sha256) ?? 0) > now()) return 'failed'
    const size = await options.blobs.size(sha256).catch((error: unknown) => {
      options.onUnreadable(error)
      return null
    })
    if (size === null || size > MAXIMUM_BODY_BYTES) return 'failed'
    const sanitised = await options.sanitiser.sanitise((await read(sha256)).text)
    failed.delete(sha256)
    if (sanitised === 'failed') failed.set(sha256, now() + FAILURE_REMEMBERED_MILLISECONDS)
    if (failed.size > REMEMBERED_FAILURES) failed.delete(failed.keys().next().value ?? '')
    return sanitised
  }

  const load = async (mail: Stored): Promise<MailBody> => {
    const { text, cut } = await read(mail.text_sha256)
    const defects: readonly MailBodyDefect[] = cut ? ['textCut'] : []
    if (mail.html_sha256 === null) return { text, safeHtml: null, blockedImages: 0, defects }
    const sanitised = await sanitise(mail.html_sha256)
    if (typeof sanitised === 'string') {
      const body: MailBody = {
        text,
        safeHtml: null,
        blockedImages: 0,
        defects: [...defects, 'htmlNotShown'],
      }
      passing.add(body)
      return body
    }
    const { safeHtml, blockedImages } = sanitised
    return { text: mail.text_sha256 === null ? sanitised.text : text, safeHtml, blockedImages, defects }
  }

  return {
    bodyOf(mail) {
      const key = `${mail.text_sha256}|${mail.html_sha256}`
      const known = cache.get(key)
      cache.delete(key)
      const body = known ?? load(mail)
      cache.set(key, body)
      if (cache.size > CACHED_BODIES) cache.delete(cache.keys().next().value ?? '')
      void body.then((loaded) => {
        const { text, safeHtml } = loaded
        const large = text.length + (safeHtml?.length ?? 0) > MAXIMUM_CACHED_CHARACTERS
        // What could not be made safe now may be another time.
        if (large || passing.has(loaded)) cache.delete(key)
      })
      return body
    },
  }
}
