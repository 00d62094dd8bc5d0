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

  it.each([
    [
      new EventStoreError('FOREIGN_FILE', { path: '/d/log.db', reason: 'NOT_SQLITE' }),
      'no log of ours',
      'Move it',
    ],
    [new EventStoreError('FOREIGN_FILE', { path: '/d/log.db', reason: 'SQLITE_11' }), 'damaged', 'last copy'],
    [new EventStoreError('FOREIGN_FILE', { path: '/d/log.db', reason: 'CUT_SHORT' }), 'damaged', 'last copy'],
    [
      new EventStoreError('FOREIGN_FILE', { path: '/d/log.db', reason: 'LATER_VERSION' }),
      '/d/log.db',
      'newer',
    ],
    [new EventStoreError('DISK_FULL', { reason: 'SQLITE_13' }), 'The disk is full', 'Make room'],
    [new EventStoreError('READ_ONLY', { reason: 'EROFS' }), 'cannot be written to', 'who owns'],
    [
      new EventStoreError('POSITION_AHEAD', { position: '0556', head: null }),
      'Position 0556 is known, but the log is empty.',
      'put back from a copy',
    ],
    [
      Object.assign(new Error('malformed'), { code: 'ERR_SQLITE_ERROR', errcode: 11 }),
      'malformed',
      'last copy',
    ],
    [
      Object.assign(new Error('readonly'), { code: 'ERR_SQLITE_ERROR', errcode: 1544 }),
      'readonly',
      'who owns',
    ],
  ])('is told in words that say what to do: %s', (error, what, advice) => {
    const text = failureText(new PartFailed('the part', error))
    expect(text).toContain(what)
    expect(text.split('\n').at(-1)).toContain(advice)
    expect(text).not.toContain('{')
  })

  it('of the configuration lists its problems', () => {
    expect(failureText(new ConfigError(['HUB_SECRET must be set']))).toContain('  - HUB_SECRET must be set')
  })
})
