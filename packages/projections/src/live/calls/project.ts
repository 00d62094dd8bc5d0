import type { CallId, Instant, LegId, LegParty } from '@centralino/domain'
import type { Projection } from '../../projector/projection.ts'
import { fromJson, toJson } from '../../read-model-store/json.ts'
import type { Rows } from '../../read-model-store/rows.ts'
import type { Row } from '../../read-model-store/tables.ts'
import { callTable, legTable } from './view.ts'

const newLeg = (callId: CallId, legId: LegId, party: LegParty): Row<'leg'> => ({
  leg_id: legId,
  call_id: callId,
  party: party.kind,
  agent_id: party.kind === 'agent' ? party.agentId : null,
  status: 'offered',
  muted: 0,
  held_by: toJson([]),
  held_at: null,
  answered_at: null,
  ended_at: null,
})

/** A leg's row names no interaction: whoever watches the call's interaction is told through the call. */
const tell = (rows: Rows, callId: CallId) => {
  const call = rows.get('call', callId)
  if (call !== null) rows.touched.interactionIds.add(call.interaction_id)
}

const patchLeg = (rows: Rows, callId: CallId, legId: LegId, change: Partial<Row<'leg'>>) => {
  rows.patch('leg', legId, change)
  tell(rows, callId)
}

/** Each side may hold on its own; the leg is held until both have resumed. */
const hold = (rows: Rows, legId: LegId, by: 'customer' | 'agent', at: Instant) => {
  const leg = rows.get('leg', legId)
  if (leg === null || leg.status === 'ended') return
  const holders = fromJson(leg.held_by)
  if (holders.includes(by)) return
  rows.put('leg', {
    ...leg,
    status: 'held',
    held_by: toJson([...holders, by]),
    held_at: leg.status === 'held' ? leg.held_at : at,
  })
}

const resume = (rows: Rows, legId: LegId, by: 'customer' | 'agent') => {
  const leg = rows.get('leg', legId)
  if (leg?.status !== 'held') return
  const holders = fromJson(leg.held_by).filter((holder) => holder !== by)
  rows.put('leg', {
    ...leg,
    status: holders.length === 0 ? 'answered' : 'held',
    held_by: toJson(holders),
  })
}

/** Calls and their legs, as telephony reported them. */
export const calls: Projection = {
  name: 'calls',
  tables: [callTable, legTable],
  on: {
    CallReceived: (data, rows) => {
      rows.put('call', {
        call_id: data.callId,
        interaction_id: data.interactionId,
        customer_id: rows.get('interaction', data.interactionId)?.customer_id ?? data.customerId,
        from_number: data.from,
        from_raw: data.fromRaw,
        to_number: data.to,
        received_at: data.at,
        answered_at: null,
        ended_at: null,
        end_q850: null,
        end_by: null,
      })
      rows.put('leg', newLeg(data.callId, data.legId, { kind: 'customer' }))
    },
    LegOffered: ({ callId, legId, party }, rows) => {
      if (rows.get('leg', legId) === null) rows.put('leg', newLeg(callId, legId, party))
      tell(rows, callId)
    },
    LegRinging: ({ callId, legId }, rows) => patchLeg(rows, callId, legId, { status: 'ringing' }),
    LegAnswered: ({ callId, legId, at }, rows) =>
      patchLeg(rows, callId, legId, { status: 'answered', answered_at: at }),
    LegsBridged: ({ callId, at }, rows) => {
      const call = rows.get('call', callId)
      if (call?.answered_at === null) rows.put('call', { ...call, answered_at: at })
      tell(rows, callId)
    },
    LegHeld: ({ callId, legId, by, at }, rows) => {
      hold(rows, legId, by, at)
      tell(rows, callId)
    },
    LegResumed: ({ callId, legId, by }, rows) => {
      resume(rows, legId, by)
      tell(rows, callId)
    },
    LegMuted: ({ callId, legId }, rows) => patchLeg(rows, callId, legId, { muted: 1 }),
    LegUnmuted: ({ callId, legId }, rows) => patchLeg(rows, callId, legId, { muted: 0 }),
    LegEnded: ({ callId, legId, at }, rows) =>
      patchLeg(rows, callId, legId, { status: 'ended', held_by: toJson([]), ended_at: at }),
    CallEnded: ({ callId, cause, at }, rows) =>
      rows.patch('call', callId, { ended_at: at, end_q850: cause.q850, end_by: cause.by }),
    InteractionCustomerChosen: ({ interactionId, to }, rows) => {
      const callId = rows.get('interaction', interactionId)?.call_id
      if (callId) rows.patch('call', callId, { customer_id: to })
    },
  },
}
