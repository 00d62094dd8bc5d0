import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MailTransport, OutgoingMail } from './mail-transport.ts'

/** One transport with its far end. */
export type TransportUnderTest = AsyncDisposable & {
  readonly transport: MailTransport
  /** The mails at the far end as bytes in text, once there are at least `count`. */
  arrived(count: number): Promise<readonly string[]>
  /** The far end takes nothing until it is mended. */
  breakDown(): Promise<void>
  mend(): Promise<void>
  /** Addresses that the far end takes mail of and for. */
  readonly from: string
  readonly to: string
}

const PATIENCE_MILLISECONDS = 120_000

/** A header's value, unfolded; null when there is none. */
export const headerOf = (mail: string, name: string): string | null => {
  const [head = ''] = mail.split(/\r?\n\r?\n/, 1)
  const found = new RegExp(`^${name}: *(.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(head)?.[1]
  return found?.replace(/\r?\n[ \t]+/g, ' ') ?? null
}

const bodyOf = (mail: string): string =>
  mail
    .slice(mail.search(/\r?\n\r?\n/))
    .replaceAll('\r\n', '\n')
    .trim()

/** What every mail transport does, wherever it hands mails to. Each adapter's spec calls it with its own. */
export const mailTransportContract = (name: string, open: () => Promise<TransportUnderTest>): void => {
  describe(`mail transport: ${name}`, { timeout: PATIENCE_MILLISECONDS }, () => {
    let far: TransportUnderTest
    let count = 0
    beforeAll(async () => {
      far = await open()
    }, PATIENCE_MILLISECONDS)
    afterAll(() => far?.[Symbol.asyncDispose](), PATIENCE_MILLISECONDS)

    const mail = (more: Partial<OutgoingMail> = {}): OutgoingMail => {
      count += 1
      return {
        messageId: `<mail-${count}@linfa.test>`,
        inReplyTo: null,
        references: [],
        from: { name: null, address: far.from },
        to: [{ name: null, address: far.to }],
        subject: `Number ${count}`,
        text: 'words',
        date: '2026-11-24T09:14:00.000Z',
        ...more,
      }
    }
    const arrivedAs = async (messageId: string, total: number): Promise<readonly string[]> =>
      (await far.arrived(total)).filter((one) => headerOf(one, 'Message-ID') === messageId)
    let sent = 0
    const send = async (given: OutgoingMail) => {
      const answer = await far.transport.send(given)
      if (answer.outcome === 'sent') sent += 1
      return answer
    }

    test('a mail that is said to be sent is there, with its identity, its thread and its date', async () => {
      const given = mail({
        inReplyTo: '<asked@posta.example>',
        references: ['<first@posta.example>', '<asked@posta.example>'],
      })
      expect(await send(given)).toMatchObject({ outcome: 'sent', response: expect.stringMatching(/./) })
      const [found = '', ...more] = await arrivedAs(given.messageId, sent)
      expect(more).toEqual([])
      expect(headerOf(found, 'In-Reply-To')).toBe('<asked@posta.example>')
      expect(headerOf(found, 'References')).toBe('<first@posta.example> <asked@posta.example>')
      expect(Date.parse(headerOf(found, 'Date') ?? '')).toBe(Date.parse(given.date))
      expect(headerOf(found, 'From')).toContain(far.from)
      expect(headerOf(found, 'To')).toContain(far.to)
    })

    test('a name and a subject in any script are encoded (RFC 2047)', async () => {
      const given = mail({ from: { name: 'Zażółć', address: far.from }, subject: 'Доплата' })
      await send(given)
      const [found = ''] = await arrivedAs(given.messageId, sent)
      expect(headerOf(found, 'Subject')).toMatch(/^=\?utf-8\?[qb]\?/i)
      expect(headerOf(found, 'From')).toMatch(/^=\?utf-8\?[qb]\?/i)
    })

    test('a subject or a name with line breaks adds no header', async () => {
      const given = mail({
        from: { name: 'Linfa\r\nX-Made-Up: name', address: far.from },
        subject: 'Bill\r\nX-Made-Up: subject',
      })
      await send(given)
      const [found = ''] = await arrivedAs(given.messageId, sent)
      expect(headerOf(found, 'X-Made-Up')).toBeNull()
    })

    test.each(['/etc/hostname', 'file:///etc/hostname', 'http://127.0.0.1:1/'])(
      'a text that names a file or an address is sent as it is: %s',
      async (text) => {
        const given = mail({ text })
        await send(given)
        const [found = ''] = await arrivedAs(given.messageId, sent)
        expect(bodyOf(found)).toBe(text)
      },
    )

    test('a mail sent again has the same Message-ID, by which it is recognised', async () => {
      const given = mail()
      await send(given)
      expect(await send(given)).toMatchObject({ outcome: 'sent' })
      if (far.transport.handsTo === 'folder') sent -= 1
      const found = await arrivedAs(given.messageId, sent)
      expect(found).toHaveLength(far.transport.handsTo === 'folder' ? 1 : 2)
    })

    test('what the far end cannot take now is answered, not thrown, and goes through once it can', async () => {
      await far.breakDown()
      const given = mail()
      expect(await send(given)).toEqual({
        outcome: 'failed',
        code: expect.stringMatching(/^[A-Z][A-Z0-9_]+$/),
        permanent: false,
      })
      await far.mend()
      expect(await send(given)).toMatchObject({ outcome: 'sent' })
      expect(await arrivedAs(given.messageId, sent)).toHaveLength(1)
    })
  })
}
