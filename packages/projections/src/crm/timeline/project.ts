import { type CallId, type ContactPoint, deliveryTroubleOf, type QueueId } from '@centralino/domain'
import type { Projection } from '../../projector/projection.ts'
import type { Rows } from '../../read-model-store/rows.ts'
import { addOfCall, addOfCustomer, addOfInteraction, addOfMail, secondsBetween } from './entry.ts'
import { timelineEntryTable, timelineMoveTable } from './view.ts'

/** An entry quotes the beginning of a mail; the thread has the rest. */
const QUOTED_CHARACTERS = 200

const quote = (text: string): string =>
  text.length <= QUOTED_CHARACTERS ? text : `${text.slice(0, QUOTED_CHARACTERS).trimEnd()}…`

const pointFacts = ({ kind, value }: ContactPoint) => ({ kind, value })

const queueFacts = (rows: Rows, queueId: QueueId | null) => ({
  queueId,
  queue: queueId === null ? null : (rows.get('queue', queueId)?.name ?? null),
})

/** Who has the call now. */
const agentOfCall = (rows: Rows, callId: CallId) => {
  const call = rows.get('call', callId)
  return call === null ? null : (rows.get('interaction', call.interaction_id)?.agent_id ?? null)
}

const agentIfBy = (rows: Rows, callId: CallId, by: 'customer' | 'agent') =>
  by === 'agent' ? agentOfCall(rows, callId) : null

const namesOf = (rows: Rows, from: string, to: string) => ({
  from,
  fromName: rows.get('customer', from)?.name ?? null,
  to,
  toName: rows.get('customer', to)?.name ?? null,
})

const talkSeconds = (rows: Rows, callId: CallId, at: Parameters<typeof secondsBetween>[1]) =>
  secondsBetween(rows.get('call', callId)?.answered_at, at)

/** One customer's life, each line an event that a person reads. */
export const timeline: Projection = {
  name: 'timeline',
  tables: [timelineEntryTable, timelineMoveTable],
  on: {
    ProvisionalCustomerCreated: (data, rows, event) =>
      addOfCustomer(rows, event, data, pointFacts(data.contactPoint)),
    CustomerRegistered: (data, rows, event) => addOfCustomer(rows, event, data, { name: data.profile.name }),
    CustomerIdentified: (data, rows, event) => addOfCustomer(rows, event, data, { name: data.profile.name }),
    CustomerProfileChanged: (data, rows, event) =>
      addOfCustomer(rows, event, data, { name: data.profile.name }),
    CustomerContactPointAdded: (data, rows, event) =>
      addOfCustomer(rows, event, data, pointFacts(data.contactPoint)),

    InteractionOpened: (data, rows, event) =>
      addOfInteraction(rows, event, data, () => ({
        direction: data.direction,
        ...pointFacts(data.contactPoint),
        entryPoint: data.entryPoint,
        subject: data.subject,
        candidates: data.candidates.length,
      })),
    InteractionQueued: (data, rows, event) =>
      addOfInteraction(rows, event, data, () => queueFacts(rows, data.queueId)),
    InteractionOffered: (data, rows, event) =>
      addOfInteraction(rows, event, data, () => ({
        offerId: data.offerId,
        offerSeconds: secondsBetween(data.at, data.expiresAt),
      })),
    InteractionOfferEnded: (data, rows, event) =>
      addOfInteraction(rows, event, data, () => ({ offerId: data.offerId, how: data.how })),
    InteractionHandlingStarted: (data, rows, event) =>
      addOfInteraction(rows, event, data, (interaction) => ({
        offerId: data.offerId,
        waitedSeconds: secondsBetween(interaction.queued_at, data.at),
        answeredAfterSeconds: secondsBetween(rows.get('offer', data.offerId)?.offered_at, data.at),
        ...queueFacts(rows, interaction.queue_id),
      })),
    InteractionHandlingEnded: (data, rows, event) =>
      addOfInteraction(rows, event, data, (interaction) => ({
        how: data.how,
        handledSeconds: secondsBetween(interaction.handling_started_at, data.at),
      })),
    InteractionReturnedToQueue: (data, rows, event) =>
      addOfInteraction(rows, event, data, () => ({
        why: data.why,
        ...queueFacts(rows, data.queueId),
      })),
    InteractionAbandoned: (data, rows, event) =>
      addOfInteraction(rows, event, data, (interaction) => ({
        while: data.while,
        waitedSeconds: secondsBetween(interaction.queued_at, data.at),
        ...queueFacts(rows, interaction.queue_id),
      })),
    InteractionWrappedUp: (data, rows, event) =>
      addOfInteraction(rows, event, data, () => ({ disposition: data.disposition, note: data.note })),
    InteractionClosed: (data, rows, event) =>
      addOfInteraction(rows, event, data, (interaction) => ({
        how: data.how,
        disposition: interaction.disposition,
      })),
    InteractionChased: (data, rows, event) =>
      addOfInteraction(rows, event, data, () => ({ mailId: data.mailId })),
    InteractionReopened: (data, rows, event) =>
      addOfInteraction(rows, event, data, () => ({
        why: data.why,
        mailId: data.mailId,
        ...queueFacts(rows, data.queueId),
      })),
    InteractionCustomerChosen: (data, rows, event) => {
      const { from, to, interactionId } = data
      const moved = rows.where('timeline_entry', { customer_id: from, interaction_id: interactionId })
      for (const entry of moved) {
        rows.remove('timeline_entry', from, entry.position)
        rows.put('timeline_entry', { ...entry, customer_id: to })
      }
      for (const customerId of [from, to])
        rows.put('timeline_move', {
          customer_id: customerId,
          position: event.position,
          interaction_id: interactionId,
        })
      addOfInteraction(rows, event, data, () => namesOf(rows, from, to))
    },

    CallReceived: (data, rows, event) =>
      addOfCall(rows, event, data, null, () => ({ from: data.from ?? data.fromRaw, to: data.to })),
    LegHeld: (data, rows, event) =>
      addOfCall(rows, event, data, agentIfBy(rows, data.callId, data.by), () => ({ by: data.by })),
    LegResumed: (data, rows, event) =>
      addOfCall(rows, event, data, agentIfBy(rows, data.callId, data.by), () => ({
        by: data.by,
        heldSeconds: secondsBetween(rows.get('leg', data.legId)?.held_at, data.at),
      })),
    CallEnded: (data, rows, event) =>
      addOfCall(rows, event, data, agentOfCall(rows, data.callId), () => ({
        by: data.cause.by,
        q850: data.cause.q850,
        sipStatus: data.cause.sipStatus,
        talkSeconds: talkSeconds(rows, data.callId, data.at),
      })),

    MailReceived: (data, rows, event) =>
      addOfMail(rows, event, data, {
        mailId: data.mailId,
        threadId: data.threadId,
        subject: data.subject,
        excerpt: quote(data.excerpt),
        from: data.from.address,
        fromName: data.from.name,
        attachments: data.attachments.length,
        automatic: data.automatic,
      }),
    ReplySubmitted: (data, rows, event) =>
      addOfMail(rows, event, data, {
        mailId: data.mailId,
        threadId: data.threadId,
        subject: data.subject,
        excerpt: quote(data.excerpt),
        to: data.to.map((address) => address.address).join(', '),
      }),
    MailSent: (data, rows, event) =>
      addOfMail(rows, event, data, { mailId: data.mailId, threadId: data.threadId }),
    MailSendFailed: (data, rows, event) =>
      addOfMail(rows, event, data, {
        mailId: data.mailId,
        threadId: data.threadId,
        code: data.code,
        attempt: data.attempt,
        retryAt: data.retryAt,
      }),
    MailDeliveryReported: (data, rows, event) =>
      addOfMail(rows, event, data, {
        mailId: data.mailId,
        threadId: data.threadId,
        action: data.action,
        trouble: deliveryTroubleOf(data.status),
        to: data.recipients.join(', ') || null,
      }),
  },
}
