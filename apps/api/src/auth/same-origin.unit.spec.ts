import { describe, expect, it } from 'vitest'
import { isOurHost, isSameOrigin } from './same-origin.ts'

const demo = { origin: null, loopbackOnly: true }
const bare = { origin: null, loopbackOnly: false }
const behindProxy = { origin: 'https://hub.linfa.example', loopbackOnly: false }

describe('same origin', () => {
  it.each([
    ['our own page', { origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' }, demo, true],
    ['our own page by name', { origin: 'http://localhost:8080', host: 'localhost:8080' }, demo, true],
    ['IPv6 loopback', { origin: 'http://[::1]:8080', host: '[::1]:8080' }, demo, true],
    ['another port', { origin: 'http://127.0.0.1:9999', host: '127.0.0.1:8080' }, demo, false],
    ['another site', { origin: 'https://evil.example', host: '127.0.0.1:8080' }, demo, false],
    ['a rebound name', { origin: 'http://evil.example:8080', host: 'evil.example:8080' }, demo, false],
    [
      'a name that starts like ours',
      { origin: 'http://127.evil.example', host: '127.evil.example' },
      demo,
      false,
    ],
    ['a sandboxed frame', { origin: 'null', host: '127.0.0.1:8080' }, demo, false],
    ['no Origin', { host: '127.0.0.1:8080' }, demo, false],
    ['no Host', { origin: 'http://127.0.0.1:8080' }, bare, false],
    ['the proxy’s name', { origin: 'https://hub.linfa.example', host: '10.0.0.7:8080' }, behindProxy, true],
    [
      'plain HTTP beside the proxy',
      { origin: 'http://hub.linfa.example', host: 'hub.linfa.example' },
      behindProxy,
      false,
    ],
  ] as const)('%s', (_, headers, rule, expected) => {
    expect(isSameOrigin(headers, rule)).toBe(expected)
  })

  it('takes any host but a stranger’s in demo mode', () => {
    expect(isOurHost('hub.linfa.example', bare)).toBe(true)
    expect(isOurHost('hub.linfa.example', demo)).toBe(false)
    expect(isOurHost(undefined, bare)).toBe(false)
  })
})
