import { parseId } from '@centralino/domain'
import { describe, expect, it } from 'vitest'
import { replyAndClose } from './reply-and-close.ts'

const BY = { actor: { kind: 'agent', id: 'sofia' }, agentId: parseId('agent', 'sofia') } as const
const INTERACTION = parseId('interaction', 'i1')

const desk = (replied: { ok: true } | { ok: false; code: 'REPLY_EMPTY' }) => {
  const closed: unknown[] = []
  const reply = replyAndClose(
    { reply: async () => replied },
    {
      wrapUp: async (...given) => {
        closed.push(given.slice(1))
        return { ok: true }
      },
    },
  )
  return { reply, closed }
}

describe('an answer', () => {
  it('closes the contact as solved when it was asked to', async () => {
    const { reply, closed } = desk({ ok: true })
    expect(await reply(BY, INTERACTION, 'text', false)).toEqual({ ok: true })
    expect(closed).toEqual([])
    expect(await reply(BY, INTERACTION, 'text', true)).toEqual({ ok: true })
    expect(closed).toEqual([[INTERACTION, 'solved', '']])
  })

  it('that was refused closes nothing', async () => {
    const { reply, closed } = desk({ ok: false, code: 'REPLY_EMPTY' })
    expect(await reply(BY, INTERACTION, '', true)).toEqual({ ok: false, code: 'REPLY_EMPTY' })
    expect(closed).toEqual([])
  })
})
