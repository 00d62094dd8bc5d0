import type { AuditEvent } from '@centralino/domain'
import type { SamplesOf } from './samples-of.ts'

const replayId = '0193a1b2-9000-7000-8000-000000000001'

export const auditSamples = {
  ReplayOpened: {
    replayId,
    account: { id: 'demo-nadia', name: 'Nadia Conti' },
    reason: 'Complaint about a long wait on 23 November',
    from: '2026-11-22T23:00:00.000Z',
    until: '2026-11-23T23:00:00.000Z',
    at: '2026-11-24T09:00:00.000Z',
  },
  ReplayLookedAt: {
    replayId,
    looks: [
      { what: 'decision', offerId: 'offer-1', customerId: 'giulia' },
      { what: 'desk', agentId: 'sofia-marchetti', customerId: 'giulia' },
      { what: 'board' },
      { what: 'customer', customerId: 'giulia' },
      { what: 'events', customerId: 'giulia' },
    ],
    position: '0000000000008214',
    at: '2026-11-24T09:00:12.000Z',
  },
  ReplayClosed: { replayId, at: '2026-11-24T09:20:00.000Z' },
} as const satisfies SamplesOf<AuditEvent>
