import { text } from 'node:stream/consumers'
import { createImapMailbox } from '@centralino/api/channels/email/mailbox/imap-mailbox'
import type { Mailbox, MailboxListener } from '@centralino/api/channels/email/mailbox/mailbox'
import type { MailboxPlace } from '@centralino/api/channels/email/mailbox/mailbox-place'
import { stateInMemory } from '@centralino/api/reactors/testing/state-in-memory'
import { systemClock } from '@centralino/api/time/clock'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hasMailServer, type MailServer, startMailServer } from '../peers/mail-server.ts'
import { eventually } from '../world/eventually.ts'

const SUPPORT = 'support@linfa.test'
/** Nobody waits half a minute here for a mail to be brought again. */
const HASTY = {
  ...systemClock,
  after: (_milliseconds: number, task: () => void) => systemClock.after(20, task),
}

describe.skipIf(!hasMailServer && !process.env['CI'])(
  'a mailbox at Dovecot (needs root and: apt-get install dovecot-core dovecot-imapd dovecot-lmtpd postfix)',
  () => {
    let server: MailServer
    let mailbox: Mailbox | null = null
    const place = () => stateInMemory<MailboxPlace>()
    beforeEach(async () => {
      server = await startMailServer()
    })
    afterEach(async () => {
      await mailbox?.[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    })

    /** Reads on; `refuse` says how often the mail of that subject is refused before it is taken. */
    const read = (
      refuse: Readonly<Record<string, number>>,
      onRefused: MailboxListener['onRefused'],
      from = place(),
    ) => {
      const left = new Map(Object.entries(refuse))
      const brought: string[] = []
      mailbox = createImapMailbox({
        url: server.imapUrl,
        place: from,
        clock: HASTY,
        onMail: async ({ content }) => {
          const subject = /^Subject: (.*?)\r?$/m.exec(await text(content))?.[1] ?? ''
          brought.push(subject)
          const times = left.get(subject) ?? 0
          left.set(subject, times - 1)
          if (times > 0) throw new Error('refused')
        },
        onStatus: () => {},
        onRefused,
      })
      mailbox.start()
      return brought
    }
    const write = (subject: string) =>
      server.send({ from: 'giulia@posta.example', to: SUPPORT, subject, text: 'words' })
    /** Each is in the mailbox before the next is sent: Postfix delivers side by side. */
    const writeInTurn = async (...subjects: readonly string[]) => {
      for (const [index, subject] of subjects.entries()) {
        await write(subject)
        await server.mailsOf('support', index + 1)
      }
    }
    const until = (brought: readonly string[], count: number) =>
      eventually(
        `${count} mails are brought`,
        () => brought.length,
        (length) => length >= count,
      )

    test('brings a mail again that is refused for now, and none of those behind it before', async () => {
      await writeInTurn('one', 'two', 'three')
      const brought = read({ two: 2 }, () => 'again')
      await until(brought, 5)
      expect(brought).toEqual(['one', 'two', 'two', 'two', 'three'])
    })

    test('passes over a mail that is refused for good: the later ones come, and it is not brought again', async () => {
      await writeInTurn('one', 'two', 'three')
      const refused: number[] = []
      const stands = place()
      const brought = read(
        { two: 1_000 },
        (uid) => {
          refused.push(uid)
          return 'passOver'
        },
        stands,
      )
      await until(brought, 3)
      expect(brought).toEqual(['one', 'two', 'three'])
      await mailbox?.[Symbol.asyncDispose]()
      const { lastUid = 0 } = (await stands.load()) ?? {}
      expect(refused).toEqual([lastUid - 1])

      const later = read({}, () => 'passOver', stands)
      await write('four')
      await until(later, 1)
      expect(later).toEqual(['four'])
    })
  },
)
