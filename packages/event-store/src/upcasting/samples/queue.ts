import type { QueueEvent } from '@centralino/domain'
import type { SamplesOf } from './samples-of.ts'

export const queueSamples = {
  QueueDefined: {
    queueId: 'billing',
    settings: {
      name: 'Billing',
      requiredSkills: ['billing'],
      offerTimeoutSeconds: 20,
      wrapUpSeconds: 60,
      entryPoints: ['+390655500100', 'billing@linfa.example'],
    },
    at: '2026-09-01T06:00:00.000Z',
  },
  QueueChanged: {
    queueId: 'billing',
    settings: {
      name: 'Billing',
      requiredSkills: ['billing'],
      offerTimeoutSeconds: 20,
      wrapUpSeconds: 60,
      entryPoints: ['+390655500100'],
    },
    at: '2026-11-24T09:00:00.000Z',
  },
} as const satisfies SamplesOf<QueueEvent>
