import { type Instant, type ThreadId, threadStream } from '@centralino/domain'
import { uuidv7 } from '@centralino/event-store'
import type { CorrespondenceHandlers } from '../channels/email/correspondence-handlers.ts'
import type { MailChannel } from '../channels/email/index.ts'
import { afresh, hubActor } from '../commands/because.ts'
import { composeMail } from './compose-mail.ts'
import type { PastMail } from './contacts.ts'
import { accepted, after, enqueue, type PastRooms, serve, wrapUp } from './past-contact.ts'
import { DEMO_CUSTOMERS } from './people.ts'

export type PastMailRooms = PastRooms & {
  readonly mail: Pick<MailChannel, 'receive' | 'reply'>
  readonly correspondence: CorrespondenceHandlers
  /** Sets the clock that a reply is written by. */
  setClock(at: Instant): void
}

/** A mail that came, was read, and was answered or not; received as the mailbox would have. */
export const pastMail = async (rooms: PastMailRooms, mail: PastMail, at: Instant): Promise<void> => {
  const { profile, emails } = DEMO_CUSTOMERS[mail.from]
  const address = emails[0] ?? ''
  const content = composeMail({
    from: { name: profile.name, address },
    to: mail.queue.settings.entryPoints[1] ?? '',
    subject: mail.subject,
    at: new Date(at),
    messageId: `<${uuidv7()}@${address.split('@')[1]}>`,
    text: mail.text,
    html: mail.html,
    attachment: mail.attachment,
  })
  const filed = await rooms.mail.receive(content, at)
  if (filed === null) throw new Error("the demo's mail is no delivery report")
  const { interactionId, threadId } = filed
  await enqueue(rooms, interactionId, mail.queue, 'email', at)
  const { agentId, at: taken } = await serve(rooms, interactionId, after(at, 2), {
    ringSeconds: 9,
    missedOnce: false,
  })
  const over = after(taken, 60 * (mail.reply?.afterMinutes ?? 6))
  if (mail.reply !== null) {
    rooms.setClock(over)
    const by = { actor: { kind: 'agent', id: agentId } as const, agentId }
    const replied = await rooms.mail.reply(by, interactionId, mail.reply.text)
    if (!replied.ok) throw new Error(`the demo's reply was refused: ${replied.code}`)
    await handOver(rooms, threadId, after(over, 2))
  }
  await wrapUp(rooms, interactionId, agentId, over, mail.reply === null ? 'agentLeft' : 'answered', mail)
}

/** The mail server of that day took it. */
const handOver = async (
  { correspondence }: PastMailRooms,
  threadId: ThreadId,
  at: Instant,
): Promise<void> => {
  const thread = await correspondence.thread.state(threadStream(threadId))
  const mails = thread.status === 'open' ? thread.mails.values() : []
  const mailId = mails.find((mail) => mail.status === 'submitted')?.mailId
  if (mailId === undefined) throw new Error("the demo's reply is not in its thread")
  accepted(
    'RecordSent',
    await correspondence.thread.handle(
      { type: 'RecordSent', threadId, mailId, response: '250 2.0.0 Ok', at },
      afresh(hubActor('demo')),
    ),
  )
}
