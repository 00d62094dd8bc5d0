import { describe, expect, it } from 'vitest'
import { contactPointIdOf, isUuid, sha256Hex, uuidv5, uuidv7 } from './index.ts'

describe('uuidv7', () => {
  it('is a UUID of version 7 with the variant of RFC 9562', () => {
    for (let count = 0; count < 1_000; count += 1) {
      expect(uuidv7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }
  })

  it('sorts in the order it was made, also thousands in a millisecond', () => {
    const made = Array.from({ length: 20_000 }, () => uuidv7())
    expect(made.toSorted()).toEqual(made)
    expect(new Set(made).size).toBe(made.length)
  })

  it('begins with the time, milliseconds since 1970', () => {
    const before = Date.now()
    const made = Number.parseInt(uuidv7().replaceAll('-', '').slice(0, 12), 16)
    // Borrowed milliseconds of the test above: 20,000 ids at 2,048 and more to a millisecond.
    expect(made).toBeGreaterThanOrEqual(before)
    expect(made).toBeLessThan(before + 10_000)
  })
})

describe('uuidv5', () => {
  it('gives the example of RFC 9562 appendix A.4', () => {
    expect(uuidv5('www.example.com', '6ba7b810-9dad-11d1-80b4-00c04fd430c8')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    )
  })

  it('gives one key one id, and other keys others', () => {
    expect(uuidv5('a')).toBe(uuidv5('a'))
    expect(uuidv5('a')).not.toBe(uuidv5('b'))
    expect(isUuid(uuidv5('ż 📞'))).toBe(true)
  })

  it('refuses a namespace that is no UUID', () => {
    expect(() => uuidv5('a', 'centralino')).toThrow(RangeError)
  })
})

describe('sha256Hex and contactPointIdOf', () => {
  it('hash text as UTF-8', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(sha256Hex('ż')).toBe(sha256Hex(Buffer.from('ż', 'utf8')))
  })

  it('name a contact point by the first 32 digits', () => {
    expect(contactPointIdOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223')
  })
})
