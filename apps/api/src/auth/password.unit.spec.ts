import { describe, expect, it } from 'vitest'
import { hashPassword, makeOneTimePassword, verifyPassword } from './password.ts'

describe('passwords', () => {
  it('verify against their own argon2id hash and no other', async () => {
    const hash = await hashPassword('Perché no? 12')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verifyPassword('Perché no? 12', hash)).toBe(true)
    expect(await verifyPassword('Perché no? 13', hash)).toBe(false)
  })

  it('are the same however the keyboard composes an accent', async () => {
    const hash = await hashPassword('perch\u00e9')
    expect(await verifyPassword('perche\u0301', hash)).toBe(true)
  })

  it('never hash to the same text twice', async () => {
    expect(await hashPassword('same')).not.toBe(await hashPassword('same'))
  })

  it('verify a hash made with other costs', async () => {
    const weak = '$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$'
    await expect(verifyPassword('x', `${weak}!`)).rejects.toThrow(RangeError)
    expect(await verifyPassword('x', `${weak}AAAAAAAAAAAAAAAAAAAAAA`)).toBe(false)
  })

  it('of one use are unlike each other and easy to type', () => {
    const made = new Set(Array.from({ length: 50 }, makeOneTimePassword))
    expect(made.size).toBe(50)
    for (const password of made) expect(password).toMatch(/^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/)
  })
})
