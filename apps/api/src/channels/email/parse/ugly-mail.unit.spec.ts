import { describe, expect, test } from 'vitest'
import { takeApart } from './take-apart.ts'
import { UGLY_MAILS } from './testing/ugly-mail.ts'

const words = (content: Uint8Array | null | undefined): string | undefined =>
  content === null || content === undefined ? undefined : Buffer.from(content).toString('utf8').trim()

describe('an ugly mail is read as a person would', () => {
  test.each(UGLY_MAILS.map((mail) => [mail.title, mail] as const))('%s', async (_title, { raw, reads }) => {
    const found = await takeApart(raw, raw.byteLength)
    const read = {
      ...found,
      text: words(found.text)?.replaceAll('\r', '').replace(/\n+/g, '\n'),
      files: found.attachments.map(({ filename }) => filename),
      file: words(found.attachments[0]?.content),
    }
    expect(read).toMatchObject(reads)
  })
})
