import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { BundleError } from './bundle-error.ts'

const NEWLINE = 0x0a

/**
 * The lines of a bundle's file, those of one piece read together. Throws `BUNDLE_DAMAGED` on a line over `maxBytes`, so that no
 * file fills the memory, and on a last line without its end.
 */
export async function* linesOf(
  bundle: string,
  path: string,
  maxBytes: number,
): AsyncGenerator<readonly string[], void, undefined> {
  let begun: Buffer[] = []
  let begunBytes = 0
  const damaged = (reason: string) => new BundleError('BUNDLE_DAMAGED', { path, reason })
  const stream = createReadStream(join(bundle, path), { highWaterMark: 1024 * 1024 })
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const lines: string[] = []
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      begun.push(chunk.subarray(start, end))
      lines.push(Buffer.concat(begun).toString('utf8'))
      begun = []
      begunBytes = 0
      start = end + 1
    }
    if (start < chunk.length) {
      begun.push(chunk.subarray(start))
      begunBytes += chunk.length - start
      if (begunBytes > maxBytes) throw damaged('LINE_TOO_LONG')
    }
    if (lines.length > 0) yield lines
  }
  if (begunBytes > 0) throw damaged('NO_END_OF_LINE')
}
