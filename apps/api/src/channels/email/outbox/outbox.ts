import {
  type CorrespondenceEvent,
  failedAttempts,
  type Instant,
  millisecondsBetween,
  plusMilliseconds,
  type RecordedEvent,
  threadStream,
} from '@centralino/domain'
import type { BlobStore, EventStore } from '@centralino/event-store'
import { becauseOf } from '../../../commands/because.ts'
import { createReactor, type ReactionFailure, type Reactor } from '../../../reactors/reactor.ts'
import type { StateFile } from '../../../reactors/state-file.ts'
import type { Clock } from '../../../time/clock.ts'
import type { CorrespondenceHandlers } from '../correspondence-handlers.ts'
import { readAllText } from '../read-blob.ts'
import type { MailTransport } from './mail-transport.ts'
import { waitSecondsAfter } from './retry-schedule.ts'

type Submitted = Extract<CorrespondenceEvent, { type: 'ReplySubmitted' }>
type Failed = Extract<CorrespondenceEvent, { type: 'MailSendFailed' }>
export type Tried =
  | { readonly outcome: 'sent'; readonly attempt: number; readonly refusedRecipients: number }
  /** `permanent`: it is the mail that the server refused, and not the server that failed. */
  | {
      readonly outcome: 'failed'
      readonly code: string
      readonly attempt: number
      readonly permanent: boolean
      readonly givenUp: boolean
    }

export type OutboxOptions = {
  readonly store: EventStore
  readonly correspondence: Pick<CorrespondenceHandlers, 'thread'>
  readonly blobs: Pick<BlobStore, 'get'>
  readonly transport: MailTransport
  readonly checkpoint: StateFile<string>
  readonly clock: Clock
  /** After each try. */
  readonly onTried: (tried: Tried) => void
  readonly onFailure: (failure: ReactionFailure) => void
}

/** Retries that wait at once; past it the log is not read further until one is through. */
const MOST_WAITING = 10_000

/**
 * Hands submitted replies to the mail transport, with growing waits while it fails. The log says what is to do: a
 * submitted reply is tried, a failed try is waited out and tried again, and the outcome is appended. After a crash between
 * the server's "accepted" and our event the mail goes out again with the same Message-ID, by which mail systems
 * recognise it; SMTP offers nothing better (RFC 5321 §6.1).
 */
export const createOutbox = (options: OutboxOptions): Reactor => {
  const { store, correspondence, transport, clock } = options
  const stopping = new AbortController()

  const waitUntil = (at: Instant): Promise<void> =>
    new Promise((resolve, reject) => {
      const closed = () => {
        callOff()
        reject(Object.assign(new Error('the outbox is stopping'), { code: 'STORE_CLOSED' }))
      }
      const callOff = clock.after(Math.max(0, millisecondsBetween(clock.now(), at)), () => {
        stopping.signal.removeEventListener('abort', closed)
        resolve()
      })
      if (stopping.signal.aborted) closed()
      else stopping.signal.addEventListener('abort', closed, { once: true })
    })

  const submittedReply = async (
    event: RecordedEvent<Submitted | Failed>,
  ): Promise<Submitted['data'] | null> => {
    if (event.type === 'ReplySubmitted') return event.data
    for await (const earlier of store.readStream(threadStream(event.data.threadId), {
      direction: 'backwards',
    })) {
      if (earlier.type !== 'ReplySubmitted') continue
      const { data } = earlier as RecordedEvent<Submitted>
      if (data.mailId === event.data.mailId) return data
    }
    return null
  }

  const attempt = async (event: RecordedEvent<Submitted | Failed>): Promise<void> => {
    const { threadId, mailId } = event.data
    const thread = await correspondence.thread.state(threadStream(threadId))
    const mail = thread.status === 'open' ? thread.mails.get(mailId) : undefined
    // Only the newest fact of a mail asks for a try: what is repeated after a restart has been answered already.
    const asks =
      event.type === 'ReplySubmitted'
        ? mail?.status === 'submitted'
        : mail?.status === 'retrying' && mail.attempts === event.data.attempt
    if (mail === undefined || !asks) return
    const reply = await submittedReply(event)
    if (reply === null) throw new Error('a failed try belongs to no submitted reply')
    const handedOver = await transport.send({
      messageId: reply.headers.messageId,
      inReplyTo: reply.headers.inReplyTo,
      references: reply.headers.references,
      from: reply.from,
      to: reply.to,
      subject: reply.subject,
      text: await readAllText(options.blobs, reply.text.sha256),
      date: reply.at,
    })
    const at = clock.now()
    if (handedOver.outcome === 'sent') {
      await correspondence.thread.handle(
        { type: 'RecordSent', threadId, mailId, response: handedOver.response, at },
        becauseOf(event, 'sent'),
      )
      const { outcome, refusedRecipients } = handedOver
      options.onTried({ outcome, attempt: failedAttempts(mail) + 1, refusedRecipients })
      return
    }
    const tries = failedAttempts(mail) + 1
    const waitSeconds = handedOver.permanent ? null : waitSecondsAfter(tries)
    const retryAt = waitSeconds === null ? null : plusMilliseconds(at, waitSeconds * 1_000)
    await correspondence.thread.handle(
      {
        type: 'RecordSendFailure',
        threadId,
        mailId,
        code: handedOver.code,
        permanent: handedOver.permanent,
        retryAt,
        at,
      },
      becauseOf(event, 'failed'),
    )
    options.onTried({ ...handedOver, attempt: tries, givenUp: retryAt === null })
  }

  const reactor = createReactor({
    name: 'outbox',
    store,
    checkpoint: options.checkpoint,
    maximumUnderWay: MOST_WAITING,
    clock,
    laneOf: (event) => (event.type === 'ReplySubmitted' || event.type === 'MailSendFailed' ? event.id : null),
    react: async (event) => {
      const asking = event as RecordedEvent<Submitted | Failed>
      if (asking.type === 'MailSendFailed') {
        if (asking.data.retryAt === null) return
        await waitUntil(asking.data.retryAt)
      }
      await attempt(asking)
    },
    onFailure: options.onFailure,
  })
  return {
    start: reactor.start,
    settled: reactor.settled,
    get position() {
      return reactor.position
    },
    ended: reactor.ended,
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await reactor[Symbol.asyncDispose]()
    },
  }
}
