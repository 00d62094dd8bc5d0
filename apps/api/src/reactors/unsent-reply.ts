import {
  type CorrespondenceEvent,
  type InteractionId,
  type MailId,
  type ThreadId,
  threadStream,
} from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'

/** As far back as a thread is looked through; a reply further back is not of an interaction that ends now. */
const LOOKED_THROUGH = 1_000

/** The last reply in this interaction of the thread, when it was refused for good or given up; null when it was not. */
export const unsentReplyIn =
  (store: Pick<EventStore, 'readStream'>) =>
  async (threadId: ThreadId, interactionId: InteractionId): Promise<MailId | null> => {
    const newest = store.readStream(threadStream(threadId), { direction: 'backwards', limit: LOOKED_THROUGH })
    for await (const recorded of newest) {
      const event = recorded as unknown as CorrespondenceEvent
      if (event.type === 'ThreadOpened' || event.type === 'MailReceived') continue
      if (event.data.interactionId !== interactionId) continue
      return event.type === 'MailSendFailed' && event.data.retryAt === null ? event.data.mailId : null
    }
    return null
  }
