import type { CustomerEvent } from '@centralino/domain'
import type { SamplesOf } from './samples-of.ts'

export const customerSamples = {
  ProvisionalCustomerCreated: {
    customerId: '6c01a1bd-6471-548e-8712-4ba071a03c2b',
    contactPoint: {
      kind: 'anonymous',
      value: 'bba6f2b1-4c48-56a1-87b3-03f4daff61d2',
      raw: 'sip:anonymous@anonymous.invalid',
    },
    at: '2026-11-24T11:28:08.749Z',
  },
  CustomerRegistered: {
    customerId: 'studio-legale-bassi',
    profile: {
      name: 'Studio Legale Bassi',
      language: 'it',
      place: 'Bologna',
      customerSince: '2018-04',
    },
    at: '2026-09-01T06:08:00.000Z',
  },
  CustomerIdentified: {
    customerId: 'giulia-ferrante',
    profile: {
      name: 'Giulia Ferrante',
      language: 'it',
      place: 'Roma',
      customerSince: null,
    },
    at: '2026-11-24T09:00:00.000Z',
  },
  CustomerProfileChanged: {
    customerId: 'giulia-ferrante',
    profile: {
      name: 'Giulia Ferrante',
      language: 'it',
      place: 'Milano',
      customerSince: '2019-03',
    },
    at: '2026-11-24T09:00:00.000Z',
  },
  CustomerContactPointAdded: {
    customerId: 'studio-legale-bassi',
    contactPoint: {
      kind: 'email',
      value: 'segreteria@studiobassi.example',
      raw: 'segreteria@studiobassi.example',
    },
    at: '2026-09-01T06:08:00.000Z',
  },
} as const satisfies SamplesOf<CustomerEvent>
