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
