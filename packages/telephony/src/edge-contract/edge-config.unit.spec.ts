import { expect, test } from 'vitest'
import { configurationOf, edgeConfig } from './edge-config.ts'

const least = { socketPath: '/run/edge.sock', sip: { address: '127.0.0.1', port: 0 } }

test('what is left out has its default', () => {
  expect(edgeConfig.parse(least)).toMatchObject({
    mediaAddress: '127.0.0.1',
    sipTls: null,
    rtpPorts: { min: 20_000, max: 20_999 },
    maxLegs: 1_000,
  })
})

test('bound to every address, peers must be told one', () => {
  const open = { ...least, sip: { address: '0.0.0.0', port: 5_060 } }
  expect(edgeConfig.safeParse(open).error?.issues[0]?.path).toEqual(['announcedAddress'])
  expect(edgeConfig.safeParse({ ...open, announcedAddress: '192.0.2.1' }).success).toBe(true)
})

test('the fingerprint changes with the configuration and with nothing else', () => {
  const config = edgeConfig.parse(least)
  expect(configurationOf({ ...config })).toBe(configurationOf(config))
  expect(configurationOf({ ...config, maxLegs: 7 })).not.toBe(configurationOf(config))
})
