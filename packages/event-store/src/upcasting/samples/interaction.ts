import type { InteractionEvent } from '@centralino/domain'
import type { SamplesOf } from './samples-of.ts'

export const interactionSamples = {
  InteractionOpened: {
    interactionId: 'c7d5229c-7857-5e83-aaa9-a1aa089ab849',
    channel: 'call',
    direction: 'inbound',
    customerId: '6c01a1bd-6471-548e-8712-4ba071a03c2b',
    candidates: [
      {
        customerId: '6c01a1bd-6471-548e-8712-4ba071a03c2b',
        rank: 1,
        why: 'newContactPoint',
      },
    ],
    contactPoint: {
      kind: 'anonymous',
      value: 'bba6f2b1-4c48-56a1-87b3-03f4daff61d2',
      raw: 'sip:anonymous@anonymous.invalid',
    },
    entryPoint: '+390655500100',
    subject: null,
    carrier: {
      kind: 'call',
      callId: 'bba6f2b1-4c48-56a1-87b3-03f4daff61d2',
    },
    at: '2026-11-24T11:28:08.749Z',
  },
  InteractionQueued: {
    interactionId: '2f0db8e1-be4f-5ead-b664-9df365e91a5d',
    queueId: 'billing',
    at: '2026-10-15T08:12:01.000Z',
  },
  InteractionOffered: {
    interactionId: '2f0db8e1-be4f-5ead-b664-9df365e91a5d',
    offerId: '01a20d41-5e58-7695-881d-d46fcb0a4906',
    agentId: 'sofia-marchetti',
    expiresAt: '2026-10-15T08:12:21.000Z',
    at: '2026-10-15T08:12:01.000Z',
  },
  InteractionOfferEnded: {
    interactionId: '86f8c09a-08a4-5416-b98b-086a7bf39c45',
    offerId: '01a20d47-f7a4-76a0-9813-5cd190088659',
    agentId: 'sofia-marchetti',
    how: 'withdrawn',
    at: '2026-11-24T11:19:10.288Z',
  },
  InteractionHandlingStarted: {
    interactionId: '2f0db8e1-be4f-5ead-b664-9df365e91a5d',
    offerId: '01a20d41-5e58-7695-881d-d46fcb0a4906',
    agentId: 'sofia-marchetti',
    at: '2026-10-15T08:12:07.000Z',
  },
  InteractionHandlingEnded: {
    interactionId: '1df75143-ce4b-5748-83cf-1d20f618127e',
    agentId: 'sofia-marchetti',
    how: 'systemFailure',
    at: '2026-11-24T11:24:42.257Z',
  },
  InteractionReturnedToQueue: {
    interactionId: '0d6c66de-34bd-5607-9356-14d20788eccd',
    queueId: 'billing',
    place: 'head',
    why: 'takenBack',
    at: '2026-11-24T11:19:44.407Z',
  },
  InteractionWrappedUp: {
    interactionId: '7f7d0eff-5459-5db3-bac5-d6d0fa17ecaa',
    agentId: 'luca-bianchi',
    disposition: 'complaint',
    note: 'October invoice charged twice. Promised an answer by Tuesday. She was upset, then calm.',
    at: '2026-11-18T15:49:09.000Z',
  },
  InteractionClosed: {
    interactionId: '2f0db8e1-be4f-5ead-b664-9df365e91a5d',
    how: 'wrappedUp',
    at: '2026-10-15T08:16:02.000Z',
  },
  InteractionAbandoned: {
    interactionId: '5f7a9463-c344-591c-803a-586f06e668cd',
    while: 'waiting',
    at: '2026-11-17T10:34:48.000Z',
  },
  InteractionReopened: {
    interactionId: '5d1c86ba-dcf5-5c0f-8db1-ae6bd4249437',
    queueId: 'billing',
    why: 'replyNotSent',
    mailId: '01a20d41-5f3f-70e6-b090-c2042f80e214',
    at: '2026-10-16T07:40:00.000Z',
  },
  InteractionChased: {
    interactionId: '5d1c86ba-dcf5-5c0f-8db1-ae6bd4249437',
    mailId: '0f7c2f6e-1a52-5d0b-9a0c-2f5f0d7c8a11',
    at: '2026-10-16T07:20:00.000Z',
  },
  InteractionCustomerChosen: {
    interactionId: '0193a1b2-0000-7000-8000-000000000010',
    from: 'giulia-ferrante',
    to: 'marco-ferrante',
    agentId: 'sofia-marchetti',
    at: '2026-11-24T09:00:00.000Z',
  },
} as const satisfies SamplesOf<InteractionEvent>
