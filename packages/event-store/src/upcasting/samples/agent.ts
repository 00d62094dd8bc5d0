import type { AgentEvent } from '@centralino/domain'
import type { SamplesOf } from './samples-of.ts'

export const agentSamples = {
  AgentHired: {
    agentId: 'sofia-marchetti',
    profile: {
      name: 'Sofia Marchetti',
      skills: ['billing', 'support', 'lang-it', 'lang-en'],
    },
    at: '2026-09-01T06:00:00.000Z',
  },
  AgentProfileChanged: {
    agentId: 'sofia-marchetti',
    profile: {
      name: 'Sofia Marchetti',
      skills: ['billing', 'lang-it'],
    },
    at: '2026-11-24T09:00:00.000Z',
  },
  AgentLeft: {
    agentId: 'sofia-marchetti',
    at: '2026-11-24T09:00:00.000Z',
  },
} as const satisfies SamplesOf<AgentEvent>
