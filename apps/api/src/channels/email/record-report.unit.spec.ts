import { type InteractionId, parseId, parseInstant, threadStream } from '@centralino/domain'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createRecordReport } from './record-report.ts'
import { createSubmitReply } from './submit-reply.ts'
import { by, incomingMail, type MailWorld, mailWorld, SUPPORT_ADDRESS, sofia } from './testing/mail-world.ts'

// Each life has a log of its own on disk, and every append is waited for.
vi.setConfig({ testTimeout: 60_000 })

let world: MailWorld
let notices: string[]
beforeEach(async () => {
  world = await mailWorld()
  notices = []
})
afterEach(() => world[Symbol.asyncDispose]())

/** A mail of this address, answered by Sofia; gives the reply. */
const replyTo = async (address: string) => {
  const { receive, handlers, correspondence } = world.rooms()
  const { interactionId, threadId } = await receive(
    incomingMail({ messageId: `<of ${address}>`.replace(' ', '-'), from: { name: null, address } }),
  )
  await world.handle(interactionId)
  const replied = await createSubmitReply({
    store: world.life().store,
    handlers,
    correspondence,
    blobs: { put: async () => ({ sha256: 'a'.repeat(64), bytes: 5 }) },
    address: SUPPORT_ADDRESS,
    clock: world.clock,
  })({ actor: by.actor, agentId: sofia }, interactionId, 'Hello')
  expect(replied).toEqual({ ok: true })
  const submitted = (await world.log()).findLast(({ type }) => type === 'ReplySubmitted')
  return submitted?.data as {
    readonly mailId: string
    readonly threadId: typeof threadId
    readonly interactionId: InteractionId
    readonly headers: { readonly messageId: string }
  }
}

type Report = NonNullable<ReturnType<typeof incomingMail>['deliveryReport']>
const record = async (report: Partial<Report>, mail: Parameters<typeof incomingMail>[0] = {}, seen = '') => {
  const told: Report = { action: 'failed', status: '5.1.1', recipients: [], messageIds: [], ...report }
  const from = { name: null, address: 'mailer-daemon@mx.posta.example' }
  return createRecordReport({
    store: world.life().store,
    correspondence: world.rooms().correspondence,
    notices: { report: (code) => void notices.push(code) },
  })(incomingMail({ messageId: '<bounce@mx>', from, deliveryReport: told, ...mail }, seen), told)
}
const reported = async () =>
  (await world.log()).filter(({ type }) => type === 'MailDeliveryReported').map(({ data }) => data)

describe('a delivery report', () => {
  test('is written to the reply whose Message-ID it names, and makes the mail system nobody’s customer', async () => {
    const { mailId, threadId, interactionId, headers } = await replyTo('giulia@posta.example')
    const before = await world.types()
    expect(await record({ messageIds: ['<other@x>', headers.messageId] })).toEqual({
      threadId,
      interactionId,
    })
    expect((await world.types()).slice(before.length)).toEqual(['MailDeliveryReported'])
    expect(await reported()).toMatchObject([{ mailId, interactionId, action: 'failed', status: '5.1.1' }])
    expect(notices).toEqual([])
  })

  test('is known by what it answers itself, when it does', async () => {
    const { mailId, headers } = await replyTo('giulia@posta.example')
    await record({}, { inReplyTo: headers.messageId })
    expect(await reported()).toMatchObject([{ mailId }])
  })

  test('that names no mail is of the newest reply to whom it names', async () => {
    const first = await replyTo('giulia@posta.example')
    const second = await replyTo('marco@posta.example')
    await record({ recipients: ['giulia@posta.example'] })
    await record({ recipients: ['marco@posta.example'] })
    expect(await reported()).toMatchObject([{ mailId: first.mailId }, { mailId: second.mailId }])
  })

  test('that names another mail is of none of ours, whomever it names, and the operator is told', async () => {
    await replyTo('giulia@posta.example')
    const before = await world.types()
    expect(
      await record({ messageIds: ['<forged@linfa.test>'], recipients: ['giulia@posta.example'] }),
    ).toBeNull()
    expect(await record({ recipients: ['nobody@posta.example'] })).toBeNull()
    // What the customer wrote did not leave from here.
    expect(await record({ messageIds: ['<of-giulia@posta.example>'] })).toBeNull()
    expect(await world.types()).toEqual(before)
    expect(notices).toEqual(['MAIL_REPORT_UNMATCHED', 'MAIL_REPORT_UNMATCHED', 'MAIL_REPORT_UNMATCHED'])
  })

  test('by its recipient alone is not of a reply of last week', async () => {
    await replyTo('giulia@posta.example')
    const at = parseInstant('2026-12-02T09:00:00.000Z')
    const told: Report = {
      action: 'failed',
      status: null,
      recipients: ['giulia@posta.example'],
      messageIds: [],
    }
    const found = await createRecordReport({
      store: world.life().store,
      correspondence: world.rooms().correspondence,
      notices: { report: (code) => void notices.push(code) },
    })({ ...incomingMail({ deliveryReport: told }), at }, told)
    expect(found).toBeNull()
  })

  test('brought twice, or by two ways, is told once', async () => {
    const { headers, threadId, mailId } = await replyTo('giulia@posta.example')
    const told = { messageIds: [headers.messageId] }
    const first = await record(told)
    expect(await record(told)).toEqual(first)
    await world.restart()
    expect(await record(told)).toEqual(first)
    expect(await record(told, {}, 'by another way')).toEqual(first)
    const delay = { ...told, action: 'delayed', status: '4.4.1' } as const
    expect(await record(delay, {}, 'late')).toEqual(first)
    expect(await reported()).toHaveLength(1)
    const thread = await world.rooms().correspondence.thread.state(threadStream(threadId))
    expect(thread.status === 'open' && thread.mails.get(parseId('mail', mailId))).toMatchObject({
      status: 'bounced',
    })
  })
})
