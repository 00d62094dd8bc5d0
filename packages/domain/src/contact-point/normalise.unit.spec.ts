import { describe, expect, it } from 'vitest'
import { emailContactPoint, normaliseEmail, normalisePhone } from './normalise.ts'
import { contactPointKey } from './stream.ts'

describe('a phone number', () => {
  it.each([
    ['sip:+390612345678@trunk.example', '+390612345678'],
    ['<sip:+390612345678;npdi=yes@trunk.example;user=phone>', '+390612345678'],
    ['sips:0612345678@trunk.example:5061', '+390612345678'],
    ['0612345678', '+390612345678'],
    ['00390612345678', '+390612345678'],
    ['390612345678', '+390612345678'],
    ['%2B390612345678', '+390612345678'],
    ['tel:+48-22-123-45-67', '+48221234567'],
    ['tel:0612345678;phone-context=+39', '+390612345678'],
    ['+1 (415) 555-2671', '+14155552671'],
    ['333 123 4567', '+393331234567'],
  ])('%s is %s in Italy', (raw, value) => {
    expect(normalisePhone(raw, 'IT')).toEqual({ kind: 'phone', value, raw })
  })

  it('is read as of the country that is said', () => {
    expect(normalisePhone('22 123 45 67', 'PL')).toMatchObject({ kind: 'phone', value: '+48221234567' })
  })

  it.each([
    'anonymous',
    'Anonymous',
    '',
    'sip:anonymous@anonymous.invalid',
    'sip:anonymous.invalid',
    'sip:restricted@trunk.example',
    'unavailable',
  ])('%j is withheld', (raw) => {
    expect(normalisePhone(raw, 'IT')).toEqual({ kind: 'anonymous', why: 'withheld', raw })
  })

  it.each([
    'sip:sipp@10.0.0.1',
    '101',
    'alice',
    '*31#0612345678',
    '+39',
    '%E0%A4%A',
    '1'.repeat(400),
    'sip:0x1F@host',
  ])('%.30s is no number', (raw) => {
    expect(normalisePhone(raw, 'IT')).toEqual({ kind: 'anonymous', why: 'notANumber', raw })
  })
})

describe('a mail address', () => {
  it.each([
    ['Anna.Rossi@Example.IT', 'anna.rossi@example.it'],
    ['"Rossi, Anna" <Anna@Example.it>', 'anna@example.it'],
    ['mailto:a+b@example.com', 'a+b@example.com'],
    ['  a@b ', 'a@b'],
    ["o'hara@example.com", "o'hara@example.com"],
  ])('%s is %s', (raw, value) => {
    expect(normaliseEmail(raw)).toBe(value)
  })

  it.each([
    '',
    'anna',
    'a@b@c',
    'a@',
    '@b',
    'a b@c.it',
    'a@b..c',
    '<>',
    `${'a'.repeat(250)}@b.it`,
    'a@b.it\r\nBcc: x@y',
  ])('%j is none', (raw) => {
    expect(normaliseEmail(raw)).toBeNull()
    expect(emailContactPoint(raw)).toBeNull()
  })

  it('makes one contact point however it is written', () => {
    const written = ['Anna@example.it', '<anna@EXAMPLE.it>'].map(emailContactPoint)
    expect(written.map((point) => point && contactPointKey(point))).toEqual([
      'email:anna@example.it',
      'email:anna@example.it',
    ])
  })
})
