import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasMailServer, type MailServer, startMailServer } from '../peers/mail-server.ts'
import { type AgentClient, agentClient } from '../world/agent-client.ts'
import { eventually } from '../world/eventually.ts'
import { type HubProcess, startHub } from '../world/hub-process.ts'

const GIULIA = 'giulia.ferrante@posta.example'
const SUPPORT = 'support@linfa.test'
/** For what a killed hub or a stopped server has to come back for. */
const PATIENCE_MS = 90_000

type Mail = {
  readonly direction: 'INBOUND' | 'OUTBOUND'
  readonly subject: string
  readonly text: string
  readonly status: string
  readonly attempts: number
  readonly reportedAction: string | null
  readonly reportedTrouble: string | null
  readonly defects: readonly string[]
  readonly rawUrl: string | null
  readonly attachments: readonly { readonly filename: string; readonly url: string }[]
}
type Contact = {
  readonly status: string
  readonly reopenedWhy: string | null
  readonly customer: { readonly name: string | null }
  readonly thread: { readonly id: string; readonly mails: readonly Mail[] }
}
type Health = {
  readonly mailbox: string
  readonly smtp: string
  readonly notices: readonly { readonly code: string }[]
  readonly undelivered: readonly { readonly status: string }[]
}

const CONTACT = `query ($id: ID!) { interaction(id: $id) { status reopenedWhy customer { name }
  thread { id mails { direction subject text status attempts reportedAction reportedTrouble defects rawUrl attachments { filename url } } } } }`
const REPLY = `mutation ($id: ID!, $text: String!, $close: Boolean!) {
  reply(interactionId: $id, text: $text, close: $close) { ... on Refusal { code } } }`
const WRAP_UP = `mutation ($id: ID!) {
  wrapUp(interactionId: $id, disposition: OTHER, note: "") { ... on Refusal { code } } }`
const HEALTH = '{ health { mailbox smtp notices { code } undelivered { status } } }'

const header = (mail: string, name: string): string =>
  new RegExp(`^${name}: (.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(mail)?.[1]?.replace(/\s+/g, ' ') ?? ''
const idsIn = (text: string): readonly string[] => text.match(/<[^>]+>/g) ?? []

describe.skipIf(!hasMailServer && !process.env['CI'])(
  'mail through Dovecot and Postfix (needs root and: apt-get install dovecot-core dovecot-imapd dovecot-lmtpd postfix)',
  () => {
    let server: MailServer
    let hub: HubProcess
    let sofia: AgentClient
    let elena: AgentClient
    let serial = 0

    beforeAll(async () => {
      server = await startMailServer()
      hub = await startHub({ IMAP_URL: server.imapUrl, SMTP_URL: server.smtpUrl, MAIL_ADDRESS: SUPPORT })
      sofia = await agentClient(hub)
      elena = await agentClient(hub, 'elena@linfa.example')
    })
    afterAll(async () => {
      await sofia?.[Symbol.asyncDispose]()
      await hub?.[Symbol.asyncDispose]()
      await server?.[Symbol.asyncDispose]()
    })
    beforeEach(async () => {
      // What a failed test left in hand must not fail the next.
      const { desk } = await sofia.ask<{ desk: { mine: { id: string; status: string }[] } }>(
        '{ desk { mine { id status } } }',
      )
      for (const { id, status } of desk.mine) if (status === 'HANDLING') await sofia.run(WRAP_UP, { id })
      await sofia.beReady()
    })

    const contact = async (id: string) =>
      (await sofia.ask<{ interaction: Contact }>(CONTACT, { id })).interaction
    const health = async () => (await elena.ask<{ health: Health }>(HEALTH)).health
    const reply = (id: string, text: string, close = true) => sofia.run(REPLY, { id, text, close })
    const isNoted = ({ notices }: Health, code: string) => notices.some((notice) => notice.code === code)

    /** A mail of Giulia's with a subject of its own, by which it is found again. */
    const write = async (
      words: string,
      more: { readonly inReplyTo?: string; readonly references?: string } = {},
    ) => {
      serial += 1
      const subject = `${words} (${serial})`
      const messageId = `<giulia-${serial}@posta.example>`
      await server.send({
        from: `Giulia Ferrante <${GIULIA}>`,
        to: SUPPORT,
        subject,
        text: words,
        messageId,
        ...more,
      })
      return { subject, messageId }
    }
    /** What came to the customer under a subject, once something did. */
    const arrived = (subject: string): Promise<readonly string[]> =>
      eventually(
        `an answer to “${subject}” arrives`,
        async () =>
          (await server.mailsOf('customer', 0)).filter((mail) => header(mail, 'Subject').includes(subject)),
        (mails) => mails.length > 0,
        PATIENCE_MS,
      )
    const newestStatus = async (id: string) => (await contact(id)).thread.mails.at(-1)?.status
    const sent = (id: string) =>
      eventually(
        'the answer is noted as sent',
        () => newestStatus(id),
        (status) => status === 'SENT',
        PATIENCE_MS,
      )

    it('is offered, answered within its thread, and the customer’s next mail joins it', {
      timeout: 180_000,
    }, async () => {
      const first = await write('Doppio addebito')
      const id = await sofia.take()
      const before = await contact(id)
      expect(before.customer.name).toBe('Giulia Ferrante')
      expect(before.thread.mails).toMatchObject([
        { direction: 'INBOUND', subject: first.subject, defects: [] },
      ])
      await reply(id, 'Controlliamo subito, è già in lavorazione.', false)

      const [answer = ''] = await arrived(first.subject)
      expect(header(answer, 'In-Reply-To')).toBe(first.messageId)
      expect(idsIn(header(answer, 'References'))).toEqual([first.messageId])
      expect(header(answer, 'From')).toContain(SUPPORT)
      expect(header(answer, 'Subject')).toBe(`Re: ${first.subject}`)
      await sent(id)

      const answerId = header(answer, 'Message-ID')
      const next = await write('Grazie', {
        inReplyTo: answerId,
        references: `${first.messageId} ${answerId}`,
      })
      const joined = await eventually(
        'the next mail joins the thread',
        () => contact(id),
        ({ thread }) => thread.mails.length === 3,
        PATIENCE_MS,
      )
      expect(joined.thread.mails.at(-1)).toMatchObject({ direction: 'INBOUND', subject: next.subject })
      await reply(id, 'Prego.')
      const [second = ''] = await arrived(next.subject)
      expect(header(second, 'In-Reply-To')).toBe(next.messageId)
      expect(idsIn(header(second, 'References'))).toEqual([first.messageId, answerId, next.messageId])
    })

    it('that is broken is kept byte for byte, and shown with what is wrong', {
      timeout: 180_000,
    }, async () => {
      const body = [
        `From: Giulia Ferrante <${GIULIA}>`,
        `To: ${SUPPORT}`,
        'Subject: Rotto',
        'Content-Type: multipart/mixed; boundary=cut',
        '',
        '--cut',
        'Content-Type: text/plain',
        '',
        'what came through',
      ].join('\r\n')
      await server.sendRaw(GIULIA, SUPPORT, `${body}\r\n`)
      const id = await sofia.take()
      const [mail] = (await contact(id)).thread.mails
      expect(mail).toMatchObject({ subject: 'Rotto', defects: ['brokenMime', 'noMessageId'] })
      expect(mail?.text).toContain('what came through')
      await expectKeptWhole(mail, body)
      await reply(id, 'Non si legge.')
      const [answer = ''] = await arrived('Rotto')
      expect(header(answer, 'In-Reply-To')).toBe('')
    })

    it('with a name of 1.5 MB is kept byte for byte, and keeps no later mail away', {
      timeout: 240_000,
    }, async () => {
      const body = [
        `From: Giulia Ferrante <${GIULIA}>`,
        `To: "${Array.from({ length: 1_600 }, () => 'n'.repeat(950)).join('\r\n ')}" <${SUPPORT}>`,
        'Subject: Ostile',
        'Message-ID: <ostile@posta.example>',
        '',
        'what was written',
      ].join('\r\n')
      await server.sendRaw(GIULIA, SUPPORT, `${body}\r\n`)
      const hostile = await sofia.take()
      const [mail] = (await contact(hostile)).thread.mails
      expect(mail).toMatchObject({ subject: 'Ostile', defects: [] })
      expect(mail?.text).toContain('what was written')
      await expectKeptWhole(mail, body)
      await reply(hostile, 'Letto.')

      const { subject } = await write('Dopo quella ostile')
      const id = await sofia.take()
      expect((await contact(id)).thread.mails).toMatchObject([{ subject }])
      expect(isNoted(await health(), 'MAIL_NOT_FILED')).toBe(false)
      await reply(id, 'Eccoci.')
    })

    it('of 40 MB is kept byte for byte, and its headers are shown', { timeout: 240_000 }, async () => {
      const head = [
        `From: Giulia Ferrante <${GIULIA}>`,
        `To: ${SUPPORT}`,
        'Subject: Enorme',
        'Message-ID: <enorme@posta.example>',
        '',
        '',
      ].join('\r\n')
      const body = `${head}${`${'m'.repeat(510)}\r\n`.repeat(80_000)}`
      await server.sendRaw(GIULIA, SUPPORT, body)
      const id = await sofia.take()
      const [mail] = (await contact(id)).thread.mails
      expect(mail).toMatchObject({
        subject: 'Enorme',
        text: '',
        attachments: [],
        defects: ['tooLargeToShow'],
      })
      await expectKeptWhole(mail, body.trimEnd())
      await reply(id, 'Ricevuto.')
    })

    /** The file is what the URL says it is, ends as it was sent, and is what the mail server has. */
    const expectKeptWhole = async (mail: Mail | undefined, sentBody: string) => {
      const raw = await sofia.download(mail?.rawUrl ?? '')
      expect(mail?.rawUrl).toContain(createHash('sha256').update(raw).digest('hex'))
      const text = raw.toString('latin1').trimEnd()
      expect(text.endsWith(sentBody)).toBe(true)
      const atServer = (await server.mailsOf('support', 1)).map((one) =>
        one.replaceAll('\r\n', '\n').trimEnd(),
      )
      expect(atServer.includes(text.replaceAll('\r\n', '\n'))).toBe(true)
    }

    it('that comes while the mailbox is away is there once it is back', { timeout: 240_000 }, async () => {
      await server.stop('imap')
      const down = await eventually(
        'the mailbox is seen to be away',
        health,
        ({ mailbox }) => mailbox === 'away',
        PATIENCE_MS,
      )
      expect(isNoted(down, 'MAILBOX_AWAY')).toBe(true)
      const { subject } = await write('Durante il guasto')
      await server.start('imap')
      const id = await sofia.take()
      expect((await contact(id)).thread.mails).toMatchObject([{ subject }])
      const up = await health()
      expect(up.mailbox).toBe('up')
      expect(isNoted(up, 'MAILBOX_AWAY')).toBe(false)
      await reply(id, 'Eccoci.')
      expect(await arrived(subject)).toHaveLength(1)
    })

    it('that cannot be sent is tried again, shown to the operator, and sent once', {
      timeout: 240_000,
    }, async () => {
      const { subject } = await write('Risposta lenta')
      const id = await sofia.take()
      await server.stop('smtp')
      await reply(id, 'Arriva.', false)
      await eventually(
        'it is retrying',
        () => newestStatus(id),
        (status) => status === 'RETRYING',
        PATIENCE_MS,
      )
      const down = await health()
      expect(down).toMatchObject({ smtp: 'down', undelivered: [{ status: 'RETRYING' }] })
      expect(isNoted(down, 'MAIL_NOT_SENT')).toBe(true)
      await server.start('smtp')
      await sent(id)
      const up = await health()
      expect(up).toMatchObject({ smtp: 'up', undelivered: [] })
      expect(isNoted(up, 'MAIL_NOT_SENT')).toBe(false)
      expect((await contact(id)).thread.mails.at(-1)?.attempts).toBeGreaterThan(1)
      await reply(id, 'Ancora una cosa.')
      await eventually(
        'both answers arrive',
        () => arrived(subject),
        (mails) => mails.length >= 2,
        PATIENCE_MS,
      )
      // Behind the second there is no second copy of the first.
      expect(await arrived(subject)).toHaveLength(2)
    })

    const TIMELINE = `query ($id: ID!) { interaction(id: $id) { customer {
      timeline(first: 50) { edges { node { type facts { name value } } } } } } }`
    type Entry = {
      readonly type: string
      readonly facts: readonly { readonly name: string; readonly value: string }[]
    }
    /** What the customer's timeline tells of this type, oldest first, as facts. */
    const told = async (id: string, type: string) => {
      const found = await sofia.ask<{
        interaction: { customer: { timeline: { edges: readonly { node: Entry }[] } } }
      }>(TIMELINE, { id })
      return found.interaction.customer.timeline.edges
        .map(({ node }) => node)
        .filter((entry) => entry.type === type)
        .map(({ facts }) => Object.fromEntries(facts.map(({ name, value }) => [name, value])))
        .toReversed()
    }
    const writeFrom = (address: string, subject: string) =>
      server.send({ from: address, to: SUPPORT, subject, text: 'words' })

    it('whose answer bounces is opened again, and the timeline says whom it did not reach and why (RFC 3464)', {
      timeout: 240_000,
    }, async () => {
      await writeFrom('nobody@gone.example', 'Senza casella')
      const id = await sofia.take()
      await reply(id, 'Eccoci.')
      expect(await sofia.take()).toBe(id)
      const { thread, reopenedWhy } = await contact(id)
      expect(reopenedWhy).toBe('replyBounced')
      expect(thread.mails.map(({ direction }) => direction)).toEqual(['INBOUND', 'OUTBOUND'])
      expect(thread.mails.at(-1)).toMatchObject({
        status: 'BOUNCED',
        reportedAction: 'failed',
        reportedTrouble: 'noSuchMailbox',
      })
      expect(await told(id, 'MailDeliveryReported')).toMatchObject([
        { action: 'failed', trouble: 'noSuchMailbox', to: 'nobody@gone.example' },
      ])
      await sofia.run(WRAP_UP, { id })
      expect(await contact(id)).toMatchObject({ status: 'CLOSED', reopenedWhy: null })
      expect(isNoted(await health(), 'MAIL_REPORT_UNMATCHED')).toBe(false)
    })

    it('whose answer is delayed on its way says so, and stays answered', { timeout: 240_000 }, async () => {
      await writeFrom('later@slow.example', 'Server lontano')
      const id = await sofia.take()
      await reply(id, 'Con calma.')
      await sent(id)
      const delayed = await eventually(
        'the delay is reported',
        async () => {
          await server.flush()
          return (await contact(id)).thread.mails.at(-1)
        },
        (mail) => mail?.reportedAction === 'delayed',
        PATIENCE_MS,
      )
      expect(delayed).toMatchObject({ status: 'SENT', reportedTrouble: 'notReached' })
      expect(await told(id, 'MailDeliveryReported')).toMatchObject([
        { action: 'delayed', trouble: 'notReached', to: 'later@slow.example' },
      ])
      expect(await contact(id)).toMatchObject({ status: 'CLOSED', reopenedWhy: null })
    })

    it('is received and sent once by a hub that was killed in between', { timeout: 300_000 }, async () => {
      const { subject } = await write('Prima del colpo')
      await hub.kill('SIGKILL')
      const while_ = await write('Durante il colpo')
      await hub.restart()
      await sofia.beReady()
      const ids = [await sofia.take()]
      await server.stop('smtp')
      await reply(ids[0] ?? '', 'Una.')
      await eventually(
        'it is retrying',
        () => newestStatus(ids[0] ?? ''),
        (status) => status === 'RETRYING',
        PATIENCE_MS,
      )
      await hub.kill('SIGKILL')
      await server.start('smtp')
      await hub.restart()
      await sofia.beReady()
      ids.push(await sofia.take())
      await reply(ids[1] ?? '', 'Due.')
      for (const id of ids) await sent(id)
      const threads = await Promise.all(ids.map(async (id) => (await contact(id)).thread))
      expect(
        threads
          .flatMap(({ mails }) => mails.filter((mail) => mail.direction === 'INBOUND'))
          .map((mail) => mail.subject)
          .toSorted(),
      ).toEqual([subject, while_.subject].toSorted())
      expect(await arrived(subject)).toHaveLength(1)
      expect(await arrived(while_.subject)).toHaveLength(1)
    })
  },
)
