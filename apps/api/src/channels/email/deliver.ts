import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Instant, MailDefect } from '@centralino/domain'
import type { BlobStore } from '@centralino/event-store'
import { HEADER_BYTES, headersOf, LARGEST_SHOWN_BYTES } from './parse/defects.ts'
import type { MailParser } from './parse/mail-parser.ts'
import { type IncomingMail, toIncomingMail } from './to-command.ts'

/**
 * Keeps a mail's bytes as they came, takes it apart, and keeps its parts. The bytes are streamed to disk first, so that
 * neither a 40 MB mail nor a hostile one is ever whole in the hub's memory without need.
 */
export const createDeliver =
  (options: { readonly blobs: BlobStore; readonly parser: MailParser }) =>
  async (content: Readable | Buffer, receivedAt: Instant): Promise<IncomingMail> => {
    const { blobs, parser } = options
    const raw = await blobs.put(content)
    const wanted = raw.bytes > LARGEST_SHOWN_BYTES ? HEADER_BYTES : raw.bytes
    const stored = await blobs.get(raw.sha256)
    if (stored === null) throw new Error('a mail that was just stored is gone')
    const beginning = await readBeginning(stored, wanted)
    const headerBytes = headersOf(beginning).byteLength
    const mail = await parser.parse(beginning, raw.bytes)
    const attachments = []
    for (const { content: bytes, filename, contentType } of mail.attachments) {
      attachments.push({ ...(await blobs.put(Buffer.from(bytes))), filename, contentType })
    }
    return toIncomingMail(
      mail,
      {
        raw,
        text: mail.text === null ? null : await blobs.put(Buffer.from(mail.text)),
        html: mail.html === null ? null : await blobs.put(Buffer.from(mail.html)),
        attachments,
        body: mail.defects.some(hidesParts) ? await sha256From(blobs, raw.sha256, headerBytes) : null,
      },
      receivedAt,
    )
  }

/** With these defects, what was taken apart is not all that the sender wrote. */
const NOT_WHOLE: ReadonlySet<MailDefect> = new Set(['brokenMime', 'tooLargeToShow', 'attachmentsLeftOut'])
const hidesParts = (defect: MailDefect): boolean => NOT_WHOLE.has(defect)

/** SHA-256 (hex) of a stored file from this byte on. */
const sha256From = async (blobs: BlobStore, sha256: string, offset: number): Promise<string> => {
  const stream = await blobs.get(sha256)
  if (stream === null) throw new Error('a mail that was just stored is gone')
  const hash = createHash('sha256')
  let passed = 0
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    hash.update(chunk.subarray(Math.min(Math.max(offset - passed, 0), chunk.byteLength)))
    passed += chunk.byteLength
  }
  return hash.digest('hex')
}

const readBeginning = async (stream: AsyncIterable<Uint8Array>, bytes: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let read = 0
  for await (const chunk of stream) {
    chunks.push(chunk)
    read += chunk.byteLength
    if (read >= bytes) break
  }
  return Buffer.concat(chunks).subarray(0, bytes)
}
