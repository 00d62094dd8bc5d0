import { describe, it } from 'vitest'
import { specify } from '../kernel/decider-specification.ts'
import { parseId } from '../kernel/ids.ts'
import { parseInstant } from '../kernel/instant.ts'
import { auditDecider } from './decide.ts'
import type { AuditEvent } from './events.ts'

const given = specify(auditDecider)
const replayId = parseId('replay', 'r1')
const at = parseInstant('2026-11-24T14:00:00Z')
const period = { from: parseInstant('2026-11-22T23:00:00Z'), until: parseInstant('2026-11-23T23:00:00Z') }
const account = { id: 'nadia', name: 'Nadia Conti' }
const giulia = { what: 'customer', customerId: parseId('customer', 'giulia') } as const
const board = { what: 'board' } as const

const open = (reason: string) => ({ type: 'OpenReplay', replayId, account, reason, ...period, at }) as const
const look = (...looks: (typeof giulia | typeof board)[]) =>
  ({ type: 'RecordLooks', replayId, looks, position: '17', at }) as const
const opened: AuditEvent = {
  type: 'ReplayOpened',
  data: { replayId, account, reason: 'Complaint of 23 November', ...period, at },
}
const looked = (...looks: (typeof giulia | typeof board)[]): AuditEvent => ({
  type: 'ReplayLookedAt',
  data: { replayId, looks, position: '17', at },
})
const closed: AuditEvent = { type: 'ReplayClosed', data: { replayId, at } }

describe('a replay', () => {
  it('is opened with a reason, without the spaces around it', () => {
    given([]).when(open('  Complaint of 23 November ')).then([opened])
  })

  it('is not opened without a reason, nor with a word or a report for one', () => {
    given([]).when(open('          ')).thenRefused('REASON_TOO_SHORT', { length: 0 })
    given([]).when(open('because')).thenRefused('REASON_TOO_SHORT', { length: 7 })
    given([])
      .when(open('x'.repeat(501)))
      .thenRefused('REASON_TOO_LONG', { length: 501 })
  })

  it('is opened once', () => {
    given([opened]).when(open('Another reason')).thenRefused('REPLAY_EXISTS')
  })

  it('is closed once, and never unless it was open', () => {
    given([opened]).when({ type: 'CloseReplay', replayId, at }).then([closed])
    given([opened, closed]).when({ type: 'CloseReplay', replayId, at }).thenNothing()
    given([]).when({ type: 'CloseReplay', replayId, at }).thenRefused('REPLAY_NOT_OPEN')
  })
})

describe('a look', () => {
  it('is recorded with the moment that was looked at', () => {
    given([opened])
      .when(look(board, giulia))
      .then([looked(board, giulia)])
  })

  it('is recorded once in a replay, however often it is repeated', () => {
    given([opened])
      .when(look(giulia, giulia))
      .then([looked(giulia)])
    given([opened, looked(giulia)])
      .when(look(giulia, board))
      .then([looked(board)])
    given([opened, looked(giulia)])
      .when(look(giulia))
      .thenNothing()
  })

  it('is refused unless the replay is open', () => {
    given([]).when(look(board)).thenRefused('REPLAY_NOT_OPEN')
    given([opened, closed]).when(look(board)).thenRefused('REPLAY_NOT_OPEN')
  })
})
