import { describe, expect, it } from 'vitest'
import { id, Story } from '../../testing/story.ts'

const threadId = id.thread('t1')
const interactionId = id.interaction('i')
const customerId = id.customer('c')
const mailId = id.mail('m2')
const opened = () =>
  new Story()
    .add('ThreadOpened', { threadId, customerId, subject: 'Doppio addebito' })
    .mailInteraction('i', 'c')
    .mail('m1', 'i', 'c')
const about = { threadId, mailId, interactionId, customerId }
const replied = () =>
  opened()
    .pass(60)
    .add('ReplySubmitted', {
      ...about,
      agentId: id.agent('sofia'),
      headers: { messageId: '<r@hub>', inReplyTo: '<m1@x>', references: ['<m1@x>'] },
      from: { name: 'Support', address: 'support@hub.example' },
      to: [{ name: 'Giulia', address: 'giulia@posta.example' }],
      subject: 'Re: Doppio addebito',
      excerpt: 'Gentile cliente',
      text: { sha256: 'cd', bytes: 15 },
    })
const failed = (story: Story, attempt: number, retryAt: typeof story.now | null) =>
  story.add('MailSendFailed', { ...about, attempt, code: 'ECONNECTION', permanent: false, retryAt })

describe('a thread', () => {
  it('holds its mails, oldest first', async () => {
    await using models = await replied().told()
    const found = await models.thread(threadId)
    expect(found?.thread).toMatchObject({
      subject: 'Doppio addebito',
      opened_at: '2026-11-24T08:00:00.000Z',
      last_mail_at: '2026-11-24T08:01:00.000Z',
    })
    expect(found?.mails.map((mail) => [mail.mail_id, mail.direction, mail.status])).toEqual([
      ['m1', 'inbound', 'received'],
      ['m2', 'outbound', 'sending'],
    ])
    expect(await models.thread(id.thread('none'))).toBeNull()
  })

  it('keeps a mail as it came', async () => {
    await using models = await opened().told()
    expect(await models.mail(id.mail('m1'))).toEqual({
      mail_id: 'm1',
      thread_id: 't1',
      interaction_id: 'i',
      direction: 'inbound',
      message_id: '<m1@x>',
      from_name: 'Giulia',
      from_address: 'giulia@posta.example',
      to_addresses: '[{"name":null,"address":"support@hub.example"}]',
      cc_addresses: '[]',
      answers_to: '[{"name":"Giulia","address":"giulia@posta.example"}]',
      subject: 'Doppio addebito',
      excerpt: 'Buongiorno',
      text_sha256: 'ab',
      html_sha256: null,
      raw_sha256: 'ab',
      attachments: '[{"sha256":"ab","bytes":3,"filename":"a.pdf","contentType":"application/pdf"}]',
      defects: '[]',
      status: 'received',
      attempts: 0,
      last_error: null,
      retry_at: null,
      reported_action: null,
      reported_status: null,
      agent_id: null,
      at: '2026-11-24T08:00:00.000Z',
    })
  })

  it('goes with the customer whom the agent chose', async () => {
    const to = id.customer('d')
    const story = opened().add('InteractionCustomerChosen', {
      interactionId,
      from: customerId,
      to,
      agentId: id.agent('s'),
    })
    await using models = await story.told()
    expect((await models.thread(threadId))?.thread.customer_id).toBe('d')
  })
})

describe('whom an answer goes to', () => {
  it('is whom the sender names for answers, and not the sender', async () => {
    const desk = [{ name: null, address: 'desk@agency.example' }]
    await using models = await opened().mail('m3', 'i', 'c', 'Buongiorno', { replyTo: desk }).told()
    expect(JSON.parse((await models.mail(id.mail('m3')))?.answers_to ?? '')).toEqual(desk)
  })

  it('is whom our own mail went to', async () => {
    await using models = await replied().told()
    const answered = await models.mail(mailId)
    expect(answered?.answers_to).toBe(answered?.to_addresses)
    expect(answered?.answers_to).toContain('giulia@posta.example')
  })
})

describe('a reply on its way', () => {
  it('is retried with the time of the next try, then sent', async () => {
    const story = failed(replied(), 1, '2026-11-24T08:03:00.000Z' as Story['now'])
    await using retrying = await story.told()
    expect(await retrying.mail(mailId)).toMatchObject({
      status: 'retrying',
      attempts: 1,
      last_error: 'ECONNECTION',
      retry_at: '2026-11-24T08:03:00.000Z',
    })
    await using sent = await story.add('MailSent', { ...about, response: '250 ok' }).told()
    expect(await sent.mail(mailId)).toMatchObject({
      status: 'sent',
      attempts: 2,
      last_error: null,
      retry_at: null,
    })
  })

  it('is on the list of the undelivered until it is sent, given up or not', async () => {
    const story = replied()
    const listed = async () => {
      await using models = await story.told()
      return (await models.undeliveredMails()).map((mail) => [mail.mail_id, mail.status])
    }
    expect(await listed()).toEqual([['m2', 'sending']])
    failed(story, 1, story.now)
    expect(await listed()).toEqual([['m2', 'retrying']])
    failed(story, 2, null)
    expect(await listed()).toEqual([['m2', 'failed']])
    story.add('MailSent', { ...about, response: '250 ok' })
    expect(await listed()).toEqual([])
  })

  describe('that a mail system reports on', () => {
    const reported = (story: Story, action: 'delayed' | 'failed', status: string) =>
      story.add('MailDeliveryReported', {
        ...about,
        reportId: id.mail('report'),
        raw: { sha256: 'ef', bytes: 3 },
        action,
        status,
        recipients: ['giulia@posta.example'],
      })
    const sent = () => replied().add('MailSent', { ...about, response: '250 ok' })

    it('stays sent while it is delayed, and has bounced once it failed', async () => {
      const story = reported(sent(), 'delayed', '4.4.1')
      await using delayed = await story.told()
      expect(await delayed.mail(mailId)).toMatchObject({
        status: 'sent',
        reported_action: 'delayed',
        reported_status: '4.4.1',
      })
      await using bounced = await reported(story, 'failed', '5.4.7').told()
      expect(await bounced.mail(mailId)).toMatchObject({
        status: 'bounced',
        reported_action: 'failed',
        reported_status: '5.4.7',
      })
    })

    it('is its agent’s to answer again, and not on the operator’s list', async () => {
      await using models = await reported(sent(), 'failed', '5.1.1').told()
      expect(await models.undeliveredMails()).toEqual([])
    })
  })
})
