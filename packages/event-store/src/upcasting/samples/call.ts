import type { CallEvent } from '@centralino/domain'
import type { SamplesOf } from './samples-of.ts'

export const callSamples = {
  CallReceived: {
    callId: 'b52a6d12-936e-5d8e-817a-83aed04713cd',
    interactionId: '86f8c09a-08a4-5416-b98b-086a7bf39c45',
    customerId: '81d54ef2-91c1-548b-958e-8f37638dd437',
    legId: '3e10a10c-b235-4e3b-8c7f-0e58028e9adf',
    from: '+390612345678',
    fromRaw: 'sip:+390612345678@192.0.2.1',
    fromHeader: 'From',
    to: '+390655500100',
    toRaw: 'sip:+390655500100@192.0.2.1',
    sipCallId: 'd4558f60924e7530@192.0.2.7',
    at: '2026-11-24T11:19:09.970Z',
  },
  LegOffered: {
    callId: '0193a1b2-0000-7000-8000-000000000020',
    legId: '0193a1b2-0000-7000-8000-000000000021',
    party: {
      kind: 'agent',
      agentId: 'sofia-marchetti',
    },
    at: '2026-11-24T09:00:00.000Z',
  },
  LegRinging: {
    callId: '01a20d41-5e51-712f-8d22-c8548a618b01',
    legId: '01a20d41-5e51-7130-98b6-f32e20807658',
    at: '2026-10-15T08:12:00.200Z',
  },
  LegAnswered: {
    callId: '01a20d41-5e51-712f-8d22-c8548a618b01',
    legId: '01a20d41-5e51-7130-98b6-f32e20807658',
    at: '2026-10-15T08:12:01.000Z',
  },
  TreatmentStarted: {
    callId: 'd4eb0d58-5fdb-563d-8db6-479307a02baf',
    legId: '06dc3626-1c93-44b4-8d31-c7df85cc70d4',
    treatment: 'holdMusic',
    at: '2026-11-24T11:19:44.407Z',
  },
  LegsBridged: {
    callId: '01a20d41-5e51-712f-8d22-c8548a618b01',
    legIds: ['01a20d41-5e51-7130-98b6-f32e20807658', '01a20d41-5e5b-75c0-bec9-36c4a003f91c'],
    at: '2026-10-15T08:12:08.000Z',
  },
  LegHeld: {
    callId: '90fcb302-147f-5a3f-8b5b-599aaa4fd075',
    legId: 'b8cb3201-05ef-4ef6-a424-0e83b0648e43',
    by: 'customer',
    at: '2026-11-24T11:16:47.755Z',
  },
  LegResumed: {
    callId: '90fcb302-147f-5a3f-8b5b-599aaa4fd075',
    legId: 'b8cb3201-05ef-4ef6-a424-0e83b0648e43',
    by: 'customer',
    at: '2026-11-24T11:16:52.309Z',
  },
  LegMuted: {
    callId: '90fcb302-147f-5a3f-8b5b-599aaa4fd075',
    legId: '01a20d45-a45b-753b-a2e7-ab2e0a0a6ce7',
    at: '2026-11-24T11:16:39.089Z',
  },
  LegUnmuted: {
    callId: '90fcb302-147f-5a3f-8b5b-599aaa4fd075',
    legId: '01a20d45-a45b-753b-a2e7-ab2e0a0a6ce7',
    at: '2026-11-24T11:16:41.480Z',
  },
  DigitReceived: {
    callId: '0193a1b2-0000-7000-8000-000000000020',
    legId: '0193a1b2-0000-7000-8000-000000000021',
    digit: '5',
    at: '2026-11-24T09:00:00.000Z',
  },
  LegEnded: {
    callId: '01a20d41-5e51-712f-8d22-c8548a618b01',
    legId: '01a20d41-5e51-7130-98b6-f32e20807658',
    cause: {
      q850: 16,
      sipStatus: null,
      by: 'customer',
    },
    at: '2026-10-15T08:15:42.000Z',
  },
  CallEnded: {
    callId: '01a20d41-5e51-712f-8d22-c8548a618b01',
    cause: {
      q850: 16,
      sipStatus: null,
      by: 'customer',
    },
    at: '2026-10-15T08:15:42.000Z',
  },
} as const satisfies SamplesOf<CallEvent>
