import { describe, expect, it } from 'vitest'
import { parseConfig } from '../config.ts'
import { configWarnings } from './config-warnings.ts'

const PRODUCTION = { HUB_MODE: 'production', HUB_SECRET: 'x'.repeat(40) }
const warningsOf = (env: Record<string, string>) => configWarnings(parseConfig(env))

describe('the warnings of a configuration', () => {
  it.each<Record<string, string>>([
    { HUB_HTTP_ADDRESS: '0.0.0.0' },
    { HUB_HTTP_ADDRESS: '192.0.2.1' },
    { HUB_PUBLIC_ORIGIN: 'http://hub.example.com' },
  ])('tell of plain HTTP to other machines, and what to do: %j', (env) => {
    expect(warningsOf({ ...PRODUCTION, ...env })).toEqual([
      expect.stringContaining('HUB_PUBLIC_ORIGIN=https'),
    ])
  })

  it.each<Record<string, string>>([
    {},
    { HUB_PUBLIC_ORIGIN: 'http://localhost:8080' },
    { HUB_PUBLIC_ORIGIN: 'http://[::1]:8080' },
    { HUB_HTTP_ADDRESS: '0.0.0.0', HUB_PUBLIC_ORIGIN: 'https://hub.example.com' },
  ])('are none on this machine or behind a proxy with HTTPS: %j', (env) => {
    expect(warningsOf({ ...PRODUCTION, ...env })).toEqual([])
  })
})

describe('a variable of ours that is not known', () => {
  const warningFor = (name: string) => configWarnings(parseConfig({}), { [name]: '1' })[0]

  it.each([
    ['HUB_PROT', 'HUB_HTTP_PORT'],
    ['HUB_HTTP_PROT', 'HUB_HTTP_PORT'],
    ['HUB_SIP_ADRESS', 'HUB_SIP_ADDRESS'],
    ['HUB_SECERT', 'HUB_SECRET'],
    ['HUB_TIMEZONE', 'HUB_TIME_ZONE'],
    ['HUB_COUNTY', 'HUB_COUNTRY'],
  ])('is named, with the one that was meant: %s', (name, meant) => {
    expect(warningFor(name)).toContain(`${name} is not known; did you mean ${meant}?`)
  })

  it('is named without a guess where nothing is near, with those that are known', () => {
    expect(warningFor('HUB_FOO')).toMatch(/^HUB_FOO is not known\. The hub reads HUB_MODE, .*LOG_LEVEL\.$/)
  })

  it('is none of a known one, nor of another program’s, and no value is told', () => {
    expect(configWarnings(parseConfig({}), { HUB_SECRET: 'x', PATH: '/bin', LOG_LEVL: '1' })).toEqual([])
    expect(configWarnings(parseConfig({}), { HUB_SECERT: 'hush' })[0]).not.toContain('hush')
  })
})
