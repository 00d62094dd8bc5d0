import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createMailBodies, MAXIMUM_BODY_BYTES } from './mail-bodies.ts'
import { type SanitisedMail, sanitiseMail } from './sanitise.ts'
import type { NotSanitised, Sanitiser } from './sanitiser.ts'

const bodiesOf = (
  blobs: Record<string, string>,
  sanitise: (html: string) => SanitisedMail | NotSanitised = sanitiseMail,
  nowMilliseconds: () => number = () => 0,
) => {
  const sanitised: string[] = []
  const unreadable: unknown[] = []
  const sanitiser: Sanitiser = {
    sanitise: async (html) => {
      sanitised.push(html)
      return sanitise(html)
    },
    [Symbol.asyncDispose]: async () => {},
  }
  const bodies = createMailBodies({
    blobs: {
      get: async (sha256) => {
        if (blobs[sha256] === 'corrupt') throw new Error('CORRUPT')
        return blobs[sha256] === undefined ? null : Readable.from([Buffer.from(blobs[sha256])])
      },
      size: async (sha256) => blobs[sha256]?.length ?? null,
    },
    sanitiser,
    onUnreadable: (error) => unreadable.push(error),
    nowMilliseconds,
  })
  return { bodies, sanitised, unreadable }
}

describe('mail bodies', () => {
  it('are the text part and the safe HTML part', async () => {
    const { bodies } = bodiesOf({ t: 'the text', h: '<p>the html</p><img src="https://spy.example">' })
    expect(await bodies.bodyOf({ text_sha256: 't', html_sha256: 'h' })).toEqual({
      text: 'the text',
      safeHtml: '<p>the html</p>',
      blockedImages: 1,
      defects: [],
    })
  })

  it('take their text from the HTML when there is no text part', async () => {
    const { bodies } = bodiesOf({ h: '<p>the html</p>' })
    expect((await bodies.bodyOf({ text_sha256: null, html_sha256: 'h' })).text).toBe('the html')
  })

  it('are read once for a desk that asks again and again', async () => {
    const { bodies, sanitised } = bodiesOf({ h: '<p>the html</p>' })
    const mail = { text_sha256: null, html_sha256: 'h' }
    await Promise.all([bodies.bodyOf(mail), bodies.bodyOf(mail)])
    await bodies.bodyOf(mail)
    expect(sanitised).toHaveLength(1)
  })

  it('are cut, or left out, when they are too large to show, and say so', async () => {
    const large = 'x'.repeat(MAXIMUM_BODY_BYTES + 1)
    const { bodies, sanitised } = bodiesOf({ t: large, h: large })
    const body = await bodies.bodyOf({ text_sha256: 't', html_sha256: 'h' })
    expect([body.text.length, body.safeHtml, sanitised]).toEqual([MAXIMUM_BODY_BYTES, null, []])
    expect(body.defects).toEqual(['textCut', 'htmlNotShown'])
  })

  it('are whole at the largest size that is shown', async () => {
    const largest = 'x'.repeat(MAXIMUM_BODY_BYTES)
    const { bodies } = bodiesOf({ t: largest, h: largest })
    const body = await bodies.bodyOf({ text_sha256: 't', html_sha256: 'h' })
    expect([body.text, body.safeHtml, body.defects]).toEqual([largest, largest, []])
  })

  it('say that HTML is there which could not be made safe, and do not try it at each load', async () => {
    const { bodies, sanitised } = bodiesOf({ t: 'x'.repeat(300_000), h: '<p>evil</p>' }, () => 'failed')
    const mail = { text_sha256: 't', html_sha256: 'h' }
    expect(await bodies.bodyOf({ text_sha256: null, html_sha256: 'h' })).toEqual({
      text: '',
      safeHtml: null,
      blockedImages: 0,
      defects: ['htmlNotShown'],
    })
    // Too large to be kept itself.
    await bodies.bodyOf(mail)
    await bodies.bodyOf(mail)
    expect(sanitised).toHaveLength(1)
  })

  it('try HTML again ten minutes after it could not be made safe', async () => {
    let now = 0
    const answers: (SanitisedMail | NotSanitised)[] = ['failed', sanitiseMail('<p>the html</p>')]
    const { bodies } = bodiesOf(
      { h: '<p>the html</p>' },
      () => answers.shift() ?? 'failed',
      () => now,
    )
    const mail = { text_sha256: null, html_sha256: 'h' }
    await bodies.bodyOf(mail)
    now = 599_999
    expect((await bodies.bodyOf(mail)).defects).toEqual(['htmlNotShown'])
    now = 600_000
    expect(await bodies.bodyOf(mail)).toMatchObject({ safeHtml: '<p>the html</p>', defects: [] })
  })

  it('try HTML again that only came at a busy moment', async () => {
    const answers: (SanitisedMail | NotSanitised)[] = ['busy', sanitiseMail('<p>the html</p>')]
    const { bodies } = bodiesOf({ h: '<p>the html</p>' }, () => answers.shift() ?? 'failed')
    const mail = { text_sha256: null, html_sha256: 'h' }
    expect((await bodies.bodyOf(mail)).defects).toEqual(['htmlNotShown'])
    expect(await bodies.bodyOf(mail)).toMatchObject({ safeHtml: '<p>the html</p>', defects: [] })
  })

  it('are empty, and reported, when the disk does not give them back', async () => {
    const { bodies, unreadable } = bodiesOf({ t: 'corrupt' })
    expect((await bodies.bodyOf({ text_sha256: 't', html_sha256: 'gone' })).text).toBe('')
    expect(unreadable).toHaveLength(1)
  })
})
