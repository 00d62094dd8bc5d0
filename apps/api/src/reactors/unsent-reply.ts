import {
  type CorrespondenceEvent,
  type InteractionId,
  type MailId,
  type ReopenReason,
  type ThreadId,
  threadStream,
} from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'

/** The reply that leaves its customer without an answer. */
export type UnansweredBy = { readonly mailId: MailId; readonly why: ReopenReason }

/** As far back as a thread is looked through; a reply further back is not of an interaction that ends now. */
const LOOKED_THROUGH = 1_000

/**
 * The last reply in this interaction of the thread, when it was refused for good or given up, or one that bounced since
 * anything was sent; null when the customer has an answer.
 */
export const unsentReplyIn =
  (store: Pick<EventStore, 'readStream'>) =>
  async (threadId: ThreadId, interactionId: InteractionId): Promise<UnansweredBy | null> => {
    const newest = store.readStream(threadStream(threadId), { direction: 'backwards', limit: LOOKED_THROUGH })
    for await (const recorded of newest) {
      const event = recorded as unknown as CorrespondenceEvent
      if (event.type === 'ThreadOpened' || event.type === 'MailReceived') continue
      if (event.data.interactionId !== interactionId) continue
      if (event.type === 'MailDeliveryReported') {
        if (event.data.action !== 'failed') continue
        return { mailId: event.data.mailId, why: 'replyBounced' }
      }
      return event.type === 'MailSendFailed' && event.data.retryAt === null
        ? { mailId: event.data.mailId, why: 'replyNotSent' }
        : null
    }
    return null
  }
