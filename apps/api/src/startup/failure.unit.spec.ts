import { EventStoreError } from '@centralino/event-store'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '../config.ts'
import { failureText, PartFailed, starting } from './failure.ts'

const withCode = (code: string) => Object.assign(new Error('what happened'), { code })

describe('a failure', () => {
  it('names the part, what happened and the next step', async () => {
    const failing = starting('the console', () => Promise.reject(withCode('EADDRINUSE')))
    const text = failureText(await failing.catch((error: unknown) => error))
    expect(text.split('\n')).toEqual([
      'The hub failed: the console.',
      '  what happened',
      expect.stringContaining('HUB_HTTP_PORT'),
    ])
  })

  it('takes the part’s own advice where the code has none', () => {
    expect(failureText(new PartFailed('the edge', new Error('exit code 1'), 'Look there.'))).toContain(
      'Look there.',
    )
  })

  it('tells a log whose servers are away from a data folder in use', () => {
    const unavailable = (reason: string) => new EventStoreError('STORE_UNAVAILABLE', { reason })
    expect(failureText(unavailable('GRPC_14'))).toContain('EVENT_STORE_URL')
    expect(failureText(unavailable('LOCKED_BY_ANOTHER_PROCESS'))).toContain('HUB_DATA_DIR')
  })

  it('keeps the innermost part', async () => {
    const inner = starting('the log', () => Promise.reject(withCode('DISK_FULL')))
    const outer = await starting('the hub', () => inner).catch((error: unknown) => error)
    expect(outer).toMatchObject({ part: 'the log' })
  })

  it('knows a second hub by the lock it met', () => {
    const locked = new EventStoreError('STORE_UNAVAILABLE', { reason: 'LOCKED_BY_ANOTHER_PROCESS' })
    expect(failureText(new PartFailed('the log', locked))).toContain('Another hub')
    const other = new EventStoreError('STORE_UNAVAILABLE', { reason: 'SQLITE_10' })
    expect(failureText(new PartFailed('the log', other))).not.toContain('Another hub')
  })

  it('of the configuration lists its problems', () => {
    expect(failureText(new ConfigError(['HUB_SECRET must be set']))).toContain('  - HUB_SECRET must be set')
  })
})
