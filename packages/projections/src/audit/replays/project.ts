import { type Look, lookKey } from '@centralino/domain'
import type { Projection } from '../../projector/projection.ts'
import type { Row } from '../../read-model-store/tables.ts'
import { lookTable, replayTable } from './view.ts'

const about = (look: Look): Pick<Row<'look'>, 'agent_id' | 'customer_id' | 'offer_id'> => ({
  agent_id: 'agentId' in look ? look.agentId : null,
  customer_id: ('customerId' in look ? look.customerId : null) ?? null,
  offer_id: 'offerId' in look ? look.offerId : null,
})

/** Who looked at whom in the past, and why. */
export const replays: Projection = {
  name: 'replays',
  tables: [replayTable, lookTable],
  on: {
    ReplayOpened: ({ replayId, account, reason, from, until, at }, rows) =>
      rows.put('replay', {
        replay_id: replayId,
        account_id: account.id,
        account_name: account.name,
        reason,
        period_from: from,
        period_until: until,
        opened_at: at,
        closed_at: null,
      }),
    ReplayLookedAt: ({ replayId, looks, position, at }, rows) => {
      for (const look of looks)
        rows.put('look', {
          replay_id: replayId,
          look: lookKey(look),
          what: look.what,
          ...about(look),
          position,
          at,
        })
    },
    ReplayClosed: ({ replayId, at }, rows) => rows.patch('replay', replayId, { closed_at: at }),
  },
}
