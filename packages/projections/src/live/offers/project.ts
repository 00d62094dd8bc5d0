import type { Projection } from '../../projector/projection.ts'
import { toJson } from '../../read-model-store/json.ts'
import { offerTable } from './view.ts'

/** Each decision of the ACD, with its reasons, and what became of it. */
export const offers: Projection = {
  name: 'offers',
  tables: [offerTable],
  on: {
    WorkOffered: (data, rows, event) =>
      rows.put('offer', {
        offer_id: data.offerId,
        interaction_id: data.interactionId,
        queue_id: data.queueId,
        agent_id: data.agentId,
        policy_version: data.policyVersion,
        seed: data.seed,
        considered: toJson(data.considered),
        offered_at: data.at,
        expires_at: data.expiresAt,
        status: 'open',
        ended_at: null,
        stream: event.stream,
        revision: event.revision.toString(),
      }),
    OfferAccepted: ({ offerId, at }, rows) =>
      rows.patch('offer', offerId, { status: 'accepted', ended_at: at }),
    OfferDeclined: ({ offerId, at }, rows) =>
      rows.patch('offer', offerId, { status: 'declined', ended_at: at }),
    OfferLapsed: ({ offerId, at }, rows) => rows.patch('offer', offerId, { status: 'lapsed', ended_at: at }),
    OfferWithdrawn: ({ offerId, at }, rows) =>
      rows.patch('offer', offerId, { status: 'withdrawn', ended_at: at }),
  },
}
