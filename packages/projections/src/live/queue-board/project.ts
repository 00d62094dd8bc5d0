import type { FloorId, Instant, QueueId, QueueSettings, WaitingWork } from '@centralino/domain'
import type { Projection } from '../../projector/projection.ts'
import { toJson } from '../../read-model-store/json.ts'
import type { Rows } from '../../read-model-store/rows.ts'
import type { Row } from '../../read-model-store/tables.ts'
import { queueQuarterTable, queueTable, waitingTable } from './view.ts'

/** The quarter of an hour (UTC) that an instant falls into. */
export const quarterOf = (at: Instant): Instant => {
  const minutes = Math.floor(Number(at.slice(14, 16)) / 15) * 15
  return `${at.slice(0, 14)}${String(minutes).padStart(2, '0')}:00.000Z` as Instant
}

const queueRow = (queueId: QueueId, settings: QueueSettings): Row<'queue'> => ({
  queue_id: queueId,
  name: settings.name,
  required_skills: toJson(settings.requiredSkills),
  offer_timeout_seconds: settings.offerTimeoutSeconds,
  wrap_up_seconds: settings.wrapUpSeconds,
  entry_points: toJson(settings.entryPoints),
})

const waitingRow = (
  floorId: FloorId,
  work: WaitingWork,
  bound: Pick<Row<'waiting'>, 'offer_id' | 'handled_by'>,
): Row<'waiting'> => ({
  interaction_id: work.interactionId,
  floor_id: floorId,
  queue_id: work.queueId,
  channel: work.channel,
  enqueued_at: work.enqueuedAt,
  counts_from: work.countsFrom,
  place: work.place,
  ...bound,
})

const count = (rows: Rows, interactionId: string, what: 'answered' | 'abandoned', at: Instant) => {
  const interaction = rows.get('interaction', interactionId)
  if (interaction === null || interaction.queue_id === null) return
  // Answered before, then back in its queue: a contact counts once, so that offered = answered + abandoned.
  if (interaction.handling_started_at !== null) return
  const quarter = quarterOf(at)
  const counted = rows.get('queue_quarter', interaction.queue_id, quarter) ?? {
    queue_id: interaction.queue_id,
    quarter,
    answered: 0,
    abandoned: 0,
  }
  rows.put('queue_quarter', { ...counted, [what]: counted[what] + 1 })
}

/** The queues, what is on the floor, and how many were answered and lost. */
export const queueBoard: Projection = {
  name: 'queueBoard',
  tables: [queueTable, waitingTable, queueQuarterTable],
  on: {
    QueueDefined: ({ queueId, settings }, rows) => rows.put('queue', queueRow(queueId, settings)),
    QueueChanged: ({ queueId, settings }, rows) => rows.put('queue', queueRow(queueId, settings)),

    FloorDayOpened: ({ floorId, carriedOver }, rows) => {
      for (const row of rows.where('waiting', { floor_id: floorId }))
        rows.remove('waiting', row.interaction_id)
      for (const work of carriedOver.waiting)
        rows.put('waiting', waitingRow(floorId, work, { offer_id: null, handled_by: null }))
      for (const { offerId, work } of carriedOver.offers)
        rows.put('waiting', waitingRow(floorId, work, { offer_id: offerId, handled_by: null }))
      for (const { agentId, work } of carriedOver.handling)
        rows.put('waiting', waitingRow(floorId, work, { offer_id: null, handled_by: agentId }))
    },
    WorkEnqueued: ({ floorId, work }, rows) =>
      rows.put('waiting', waitingRow(floorId, work, { offer_id: null, handled_by: null })),
    WorkOffered: ({ interactionId, offerId }, rows) =>
      rows.patch('waiting', interactionId, { offer_id: offerId }),
    OfferAccepted: ({ interactionId, agentId }, rows) =>
      rows.patch('waiting', interactionId, { offer_id: null, handled_by: agentId }),
    OfferDeclined: ({ interactionId }, rows) => rows.patch('waiting', interactionId, { offer_id: null }),
    OfferLapsed: ({ interactionId }, rows) => rows.patch('waiting', interactionId, { offer_id: null }),
    // When the customer left, `WorkRemoved` follows.
    OfferWithdrawn: ({ interactionId }, rows) => rows.patch('waiting', interactionId, { offer_id: null }),
    WorkReturned: ({ interactionId, place }, rows) =>
      rows.patch('waiting', interactionId, { place, handled_by: null }),
    WorkRaised: ({ interactionId, countsFrom }, rows) =>
      rows.patch('waiting', interactionId, { counts_from: countsFrom }),
    WorkRemoved: ({ interactionId }, rows) => rows.remove('waiting', interactionId),
    WrapUpStarted: ({ interactionId }, rows) => rows.remove('waiting', interactionId),

    InteractionHandlingStarted: ({ interactionId, at }, rows) => count(rows, interactionId, 'answered', at),
    InteractionAbandoned: ({ interactionId, at }, rows) => count(rows, interactionId, 'abandoned', at),
  },
}
