import type { ContactPointEvent } from '@centralino/domain'
import type { SamplesOf } from './samples-of.ts'

export const contactPointSamples = {
  ContactPointLinked: {
    contactPointId: 'a46ac6aaceb94624749df5738ed328ca',
    contactPoint: {
      kind: 'anonymous',
      value: 'bba6f2b1-4c48-56a1-87b3-03f4daff61d2',
      raw: 'sip:sipp@127.0.0.1:16060',
    },
    customerId: '6c01a1bd-6471-548e-8712-4ba071a03c2b',
    at: '2026-11-24T11:28:08.749Z',
  },
  ContactPointUnlinked: {
    contactPointId: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    customerId: 'giulia-ferrante',
    at: '2026-11-24T09:00:00.000Z',
  },
  ContactPointUsed: {
    contactPointId: 'b8d84b8364d4e23f613cedcf75480c04',
    customerId: '81d54ef2-91c1-548b-958e-8f37638dd437',
    at: '2026-11-24T11:19:09.970Z',
  },
} as const satisfies SamplesOf<ContactPointEvent>
