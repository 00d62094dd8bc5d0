import { expect, it } from 'vitest'
import { fuzzMedia } from './fuzz-media.ts'
import { fuzzUdpPort } from './fuzz-udp-port.ts'

it('4 000 mutated SIP packets over UDP fail nothing and leave nothing', async () => {
  const { received, failures, remains } = await fuzzUdpPort(4_000, 4475)
  expect(failures).toEqual([])
  expect(remains).toEqual({ legs: 0, sessions: 0, clientTransactions: 0, serverTransactions: 0 })
  expect(received).toBeGreaterThan(3_000)
})

it('6 000 mutated RTP and RTCP packets over UDP fail nothing and leave no port', async () => {
  const range = { min: 25_800, max: 25_899 }
  const { received, counters, failures, portsLeft } = await fuzzMedia(6_000, 4475, range)
  expect(failures).toEqual([])
  expect(portsLeft).toBe(0)
  expect(received).toBeGreaterThan(4_000)
  for (const reached of [
    'rtp.received',
    'rtp.malformed',
    'rtp.dropped',
    'rtp.digits',
    'rtcp.reports',
  ] as const)
    expect([reached, counters[reached]]).not.toEqual([reached, 0])
})
