import type { CallId, LegId, LegParty } from '@centralino/domain'
import type { Projection } from '../../projector/projection.ts'
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
    },
    LegHeld: ({ callId, legId, at }, rows) => patchLeg(rows, callId, legId, { status: 'held', held_at: at }),
    LegResumed: ({ callId, legId }, rows) => patchLeg(rows, callId, legId, { status: 'answered' }),
    LegMuted: ({ callId, legId }, rows) => patchLeg(rows, callId, legId, { muted: 1 }),
    LegUnmuted: ({ callId, legId }, rows) => patchLeg(rows, callId, legId, { muted: 0 }),
    LegEnded: ({ callId, legId, at }, rows) =>
      patchLeg(rows, callId, legId, { status: 'ended', ended_at: at }),
    CallEnded: ({ callId, cause, at }, rows) =>
      rows.patch('call', callId, { ended_at: at, end_q850: cause.q850, end_by: cause.by }),
    InteractionCustomerChosen: ({ interactionId, to }, rows) => {
      const callId = rows.get('interaction', interactionId)?.call_id
      if (callId) rows.patch('call', callId, { customer_id: to })
    },
  },
}
