import { describe, expect, it } from 'vitest'
import type { Hub } from '../hub.ts'
import { bannerOf } from './banner.ts'

const production = (firstAdmin: Hub['firstAdmin']) =>
  bannerOf({
    mode: 'production',
    url: 'https://hub.example.com',
    sip: { address: '192.0.2.1', port: 5060 },
    firstAdmin,
  })

describe('the banner in production', () => {
  it('tells the first administrator’s address and one-time password', () => {
    const text = production({ email: 'admin@centralino.local', oneTimePassword: 'abcd-efgh' })
    expect(text).toMatch(/e-mail +admin@centralino\.local\n +one-time password +abcd-efgh/)
  })

  it('tells how to get a new one while nobody has signed in', () => {
    const text = production({ email: 'admin@centralino.local', oneTimePassword: null })
    expect(text).toContain('npm run hub -- new-password admin@centralino.local')
  })

  it('ends with what is not as it should be', () => {
    const hub = { mode: 'production', url: '', sip: { address: '', port: 0 }, firstAdmin: null } as const
    expect(bannerOf(hub, ['The door is open. Shut it.'])).toContain('Warning: The door is open. Shut it.')
  })

  it('tells of no administrator once the hub is set up', () => {
    expect(production(null)).not.toContain('administrator')
  })
})
