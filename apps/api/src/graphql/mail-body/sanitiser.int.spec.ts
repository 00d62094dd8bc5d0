import { describe, expect, it } from 'vitest'
import type { SanitisedMail } from './sanitise.ts'
import { createSanitiser, type NotSanitised } from './sanitiser.ts'

const htmlOf = (mail: SanitisedMail | NotSanitised | undefined) =>
  typeof mail === 'object' ? mail.safeHtml : mail

describe('the sanitiser', () => {
  it('works in its own thread, one mail after the other', async () => {
    await using sanitiser = createSanitiser()
    const mails = await Promise.all(
      ['<p>a</p>', '<script>1</script><p>b</p>'].map((html) => sanitiser.sanitise(html)),
    )
    expect(mails.map(htmlOf)).toEqual(['<p>a</p>', '<p>b</p>'])
  })

  it('gives up a mail that takes too long, and goes on with the next', async () => {
    let timedOut = 0
    await using sanitiser = createSanitiser({ timeoutMilliseconds: 1, onTimeout: () => void timedOut++ })
    expect(await sanitiser.sanitise('<p>a</p>'.repeat(100_000))).toBe('failed')
    expect(timedOut).toBe(1)
    expect(await sanitiser.sanitise('<p>a</p>'.repeat(100_000))).toBe('failed')
  })

  it('refuses what waits in too long a line', async () => {
    await using sanitiser = createSanitiser()
    const mails = await Promise.all(Array.from({ length: 100 }, () => sanitiser.sanitise('<p>a</p>')))
    expect(mails.filter((mail) => mail === 'busy').length).toBeGreaterThan(0)
    expect(htmlOf(mails[0])).toBe('<p>a</p>')
  })
})
