import { parseInstant } from '@centralino/domain'
import { describe, expect, it } from 'vitest'
import { createNotices } from './notices.ts'

describe('operator notices', () => {
  it('count by code and keep the last facts, newest first', () => {
    let second = 0
    const notices = createNotices({ now: () => parseInstant(`2026-11-24T05:00:0${second++}Z`) })
    notices.report('SMTP_DOWN', { tries: 1 })
    notices.report('EDGE_AWAY')
    notices.report('SMTP_DOWN', { tries: 2 })
    expect(notices.list()).toEqual([
      {
        code: 'SMTP_DOWN',
        firstAt: '2026-11-24T05:00:00.000Z',
        at: '2026-11-24T05:00:02.000Z',
        count: 2,
        facts: { tries: 2 },
      },
      expect.objectContaining({ code: 'EDGE_AWAY', count: 1 }),
    ])
  })

  it('are bounded: the code that was quiet longest goes first', () => {
    const notices = createNotices({ limit: 2 })
    for (const code of ['AAA', 'BBB', 'AAA', 'CCC']) notices.report(code)
    expect(notices.list().map((notice) => notice.code)).toEqual(['CCC', 'AAA'])
  })

  it('go when all is well again', () => {
    const notices = createNotices({})
    notices.report('SMTP_DOWN')
    notices.clear('SMTP_DOWN')
    expect(notices.list()).toEqual([])
  })

  it('refuse a code that is a sentence, which could carry a person', () => {
    expect(() => createNotices({}).report('mail from anna@posta.example failed')).toThrow(RangeError)
  })
})
