import { createHash } from 'node:crypto'
import { contactPointKey } from '@centralino/domain'
import { expect, it } from 'vitest'
import { address, phone } from '../../testing/story.ts'
import { contactPointId } from './contact-point-id.ts'

it.each([
  phone('+390655501'),
  address('g@posta.example'),
  { kind: 'anonymous' as const, value: 'call-1', raw: 'anonymous' },
])("hashes the domain's key of a contact point ($kind)", (point) => {
  const hash = createHash('sha256').update(contactPointKey(point)).digest('hex')
  expect(contactPointId(point)).toBe(hash.slice(0, 32))
})
