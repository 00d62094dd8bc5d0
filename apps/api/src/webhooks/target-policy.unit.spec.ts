import type { LookupAddress } from 'node:dns'
import { describe, expect, it } from 'vitest'
import { allowedLookup, isPublicAddress, targetRefusal } from './target-policy.ts'

const STRICT = { allowHttp: false, allowPrivate: false }
const OPEN = { allowHttp: true, allowPrivate: true }

describe('an address', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.9.9.9',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'hub.example',
    '',
  ])('%j is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '192.1.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )
})

describe('a URL', () => {
  it.each([
    ['https://crm.example/hooks?k=v', null],
    ['https://8.8.8.8:8443/', null],
    ['http://crm.example/', 'NOT_HTTPS'],
    ['https://127.0.0.1/', 'PRIVATE_TARGET'],
    // Other ways to write 127.0.0.1, and the address under which clouds tell their machines secrets.
    ['https://2130706433/', 'PRIVATE_TARGET'],
    ['https://0x7f.1/', 'PRIVATE_TARGET'],
    ['https://[::ffff:169.254.169.254]/', 'PRIVATE_TARGET'],
    ['https://[::1]/', 'PRIVATE_TARGET'],
    ['https://localhost:8080/', 'PRIVATE_TARGET'],
    ['https://hub.LOCALHOST./', 'PRIVATE_TARGET'],
    ['https://user:pass@crm.example/', 'BAD_URL'],
    ['ftp://crm.example/', 'BAD_URL'],
    ['file:///etc/passwd', 'BAD_URL'],
    ['crm.example', 'BAD_URL'],
  ])('%s: %s', (url, refusal) => {
    expect(targetRefusal(url, STRICT)).toBe(refusal)
  })

  it('may be unencrypted, or of this machine, where that is allowed', () => {
    expect(targetRefusal('http://localhost:9000/', OPEN)).toBeNull()
    expect(targetRefusal('http://8.8.8.8/', { ...OPEN, allowPrivate: false })).toBeNull()
    expect(targetRefusal('https://10.0.0.1/', { ...OPEN, allowHttp: false })).toBeNull()
  })
})

describe('a name', () => {
  const answering =
    (...addresses: string[]) =>
    (_: string, __: unknown, callback: (error: null, found: LookupAddress[]) => void) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
  const look = (policy: typeof STRICT, all: boolean, ...addresses: string[]) =>
    new Promise<unknown>((resolve) =>
      allowedLookup(policy, answering(...addresses))('crm.example', { all }, (error, found) =>
        resolve(error === null ? found : error),
      ),
    )

  it('that leads to this machine is not connected to, whatever the URL looked like', async () => {
    expect(await look(STRICT, false, '127.0.0.1')).toMatchObject({ code: 'PRIVATE_TARGET' })
    expect(await look(STRICT, true, '10.0.0.8', 'fd00::8')).toMatchObject({ code: 'PRIVATE_TARGET' })
    expect(await look(OPEN, false, '127.0.0.1')).toBe('127.0.0.1')
  })

  it('that leads to several addresses is connected to at those that are allowed', async () => {
    expect(await look(STRICT, false, '10.0.0.8', '8.8.8.8')).toBe('8.8.8.8')
    expect(await look(STRICT, true, '8.8.8.8', '::1', '8.8.4.4')).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '8.8.4.4', family: 4 },
    ])
  })
})
