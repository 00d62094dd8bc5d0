import type { FloorEvent } from '@centralino/domain'
import type { SamplesOf } from './samples-of.ts'

export const acdSamples = {
  FloorDayOpened: {
    floorId: 'main',
    day: '2026-11-24',
    carriedOver: {
      agents: [
        {
          agentId: 'sofia-marchetti',
          skills: ['billing'],
          presence: {
            status: 'ready',
            since: '2026-11-24T09:00:00.000Z',
          },
        },
        {
          agentId: 'luca-bianchi',
          skills: [],
          presence: {
            status: 'notReady',
            reason: 'missedOffer',
            since: '2026-11-24T09:00:00.000Z',
          },
        },
        {
          agentId: 'ewa-mazur',
          skills: ['lang-pl'],
          presence: {
            status: 'reserved',
            offerId: '0193a1b2-0000-7000-8000-000000000011',
            readySince: '2026-11-24T09:00:00.000Z',
            since: '2026-11-24T09:00:00.000Z',
          },
        },
        {
          agentId: 'anna',
          skills: [],
          presence: {
            status: 'engaged',
            interactionId: '0193a1b2-0000-7000-8000-000000000012',
            since: '2026-11-24T09:00:00.000Z',
          },
        },
        {
          agentId: 'bruno',
          skills: [],
          presence: {
            status: 'wrapUp',
            interactionId: '0193a1b2-0000-7000-8000-000000000013',
            until: '2026-11-24T09:00:00.000Z',
            since: '2026-11-24T09:00:00.000Z',
          },
        },
      ],
      waiting: [
        {
          interactionId: '0193a1b2-0000-7000-8000-000000000010',
          queueId: 'billing',
          channel: 'call',
          requiredSkills: ['billing'],
          offerTimeoutSeconds: 20,
          wrapUpSeconds: 60,
          enqueuedAt: '2026-11-24T09:00:00.000Z',
          place: 'head',
          missedBy: ['luca-bianchi'],
        },
      ],
      offers: [
        {
          offerId: '0193a1b2-0000-7000-8000-000000000011',
          agentId: 'ewa-mazur',
          work: {
            interactionId: '0193a1b2-0000-7000-8000-000000000010',
            queueId: 'billing',
            channel: 'call',
            requiredSkills: ['billing'],
            offerTimeoutSeconds: 20,
            wrapUpSeconds: 60,
            enqueuedAt: '2026-11-24T09:00:00.000Z',
            place: 'head',
            missedBy: ['luca-bianchi'],
          },
          expiresAt: '2026-11-24T09:00:00.000Z',
        },
      ],
      handling: [
        {
          agentId: 'anna',
          work: {
            interactionId: '0193a1b2-0000-7000-8000-000000000010',
            queueId: 'billing',
            channel: 'call',
            requiredSkills: ['billing'],
            offerTimeoutSeconds: 20,
            wrapUpSeconds: 60,
            enqueuedAt: '2026-11-24T09:00:00.000Z',
            place: 'head',
            missedBy: ['luca-bianchi'],
          },
        },
      ],
    },
    at: '2026-11-24T09:00:00.000Z',
  },
  AgentSignedOn: {
    floorId: 'main',
    agentId: 'sofia-marchetti',
    skills: ['billing', 'support', 'lang-it', 'lang-en'],
    at: '2026-10-15T06:26:07.000Z',
  },
  AgentBecameReady: {
    floorId: 'main',
    agentId: 'sofia-marchetti',
    at: '2026-10-15T06:26:48.000Z',
  },
  AgentBecameNotReady: {
    floorId: 'main',
    agentId: 'sofia-marchetti',
    reason: 'connectionLost',
    at: '2026-11-24T11:17:54.918Z',
  },
  AgentSignOffRequested: {
    floorId: 'main',
    agentId: 'sofia-marchetti',
    at: '2026-11-24T09:00:00.000Z',
  },
  AgentSignedOff: {
    floorId: 'main',
    agentId: 'sofia-marchetti',
    at: '2026-10-15T16:02:00.000Z',
  },
  WorkEnqueued: {
    floorId: 'main',
    work: {
      interactionId: '0193a1b2-0000-7000-8000-000000000010',
      queueId: 'billing',
      channel: 'call',
      requiredSkills: ['billing'],
      offerTimeoutSeconds: 20,
      wrapUpSeconds: 60,
      enqueuedAt: '2026-11-24T09:00:00.000Z',
      place: 'head',
      missedBy: ['luca-bianchi'],
    },
    at: '2026-11-24T09:00:00.000Z',
  },
  WorkOffered: {
    floorId: 'main',
    offerId: '01a20d41-608c-7240-8c01-b3784af31114',
    interactionId: '54bbcf0b-70cd-5d99-92cb-d776b15397cd',
    queueId: 'support',
    agentId: 'sofia-marchetti',
    policyVersion: 1,
    seed: 10,
    considered: [
      {
        agentId: 'ewa-mazur',
        eligible: true,
        why: 'readyLater',
      },
      {
        agentId: 'luca-bianchi',
        eligible: false,
        why: 'skillMissing',
      },
      {
        agentId: 'sofia-marchetti',
        eligible: true,
        why: 'longestReady',
      },
    ],
    expiresAt: '2026-11-13T11:40:21.000Z',
    at: '2026-11-13T11:40:01.000Z',
  },
  OfferAccepted: {
    floorId: 'main',
    offerId: '01a20d41-5e58-7695-881d-d46fcb0a4906',
    interactionId: '2f0db8e1-be4f-5ead-b664-9df365e91a5d',
    agentId: 'sofia-marchetti',
    at: '2026-10-15T08:12:07.000Z',
  },
  OfferDeclined: {
    floorId: 'main',
    offerId: '01a20d49-fcb3-74f7-a657-52907cc80503',
    interactionId: '1df75143-ce4b-5748-83cf-1d20f618127e',
    agentId: 'sofia-marchetti',
    at: '2026-11-24T11:21:22.988Z',
  },
  OfferLapsed: {
    floorId: 'main',
    offerId: '01a20d41-616a-77e0-a3c6-6eab7ee3ca1e',
    interactionId: '7f7d0eff-5459-5db3-bac5-d6d0fa17ecaa',
    agentId: 'sofia-marchetti',
    at: '2026-11-18T15:42:21.000Z',
  },
  OfferWithdrawn: {
    floorId: 'main',
    offerId: '01a20d47-f7a4-76a0-9813-5cd190088659',
    interactionId: '86f8c09a-08a4-5416-b98b-086a7bf39c45',
    agentId: 'sofia-marchetti',
    at: '2026-11-24T11:19:10.292Z',
    why: 'workFailed',
  },
  WorkReturned: {
    floorId: 'main',
    interactionId: '0d6c66de-34bd-5607-9356-14d20788eccd',
    agentId: 'sofia-marchetti',
    place: 'head',
    why: 'putBack',
    at: '2026-11-24T11:19:44.419Z',
  },
  WorkRemoved: {
    floorId: 'main',
    interactionId: '5f7a9463-c344-591c-803a-586f06e668cd',
    why: 'abandoned',
    at: '2026-11-17T10:34:48.000Z',
  },
  WrapUpStarted: {
    floorId: 'main',
    agentId: 'sofia-marchetti',
    interactionId: '2f0db8e1-be4f-5ead-b664-9df365e91a5d',
    until: '2026-10-15T08:16:42.000Z',
    at: '2026-10-15T08:15:42.000Z',
  },
  WrapUpFinished: {
    floorId: 'main',
    agentId: 'sofia-marchetti',
    interactionId: '2f0db8e1-be4f-5ead-b664-9df365e91a5d',
    how: 'byAgent',
    at: '2026-10-15T08:16:02.000Z',
  },
} as const satisfies SamplesOf<FloorEvent>
