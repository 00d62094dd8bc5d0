import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { createLogger, describeError } from './logger.ts'

describe('an error in a log line', () => {
  test('has its type, code, message and frames, and none of its other fields', () => {
    const error = Object.assign(new TypeError('no port'), { code: 'EADDRINUSE', caller: '+390212345' })
    expect(describeError(error)).toEqual({
      type: 'TypeError',
      code: 'EADDRINUSE',
      message: 'no port',
      stack: expect.stringContaining('logger.unit.spec.ts'),
    })
  })

  test('that another process told as data is described as one of our own', () => {
    const told = JSON.parse(
      JSON.stringify({
        name: 'RangeError',
        code: 7,
        message: 'm'.repeat(900),
        stack: `RangeError: m\n${'    at frame\n'.repeat(30)}`,
        caller: '+390212345',
      }),
    )
    expect(describeError(told)).toEqual({
      type: 'RangeError',
      code: 7,
      message: 'm'.repeat(500),
      stack: Array.from({ length: 11 }, () => '    at frame').join('\n'),
    })
    expect(describeError({ name: 'Error', message: 'gone' })).toEqual({ type: 'Error', message: 'gone' })
  })

  test.each([
    ['a text', 'SIP from +390212345', { type: 'string' }],
    ['nothing', null, { type: 'object' }],
    ['data without a message', { caller: '+390212345' }, { type: 'object' }],
  ])('that is %s is told by its type alone', (_what, thrown, described) => {
    expect(describeError(thrown)).toEqual(described)
  })
})

test('an error told as data reaches the log line, though a name at its top is redacted', () => {
  const lines: string[] = []
  const to = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  createLogger('info', to).error({ name: 'Giulia', error: { name: 'Error', message: 'gone' } }, 'the edge')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    name: '[redacted]',
    error: { type: 'Error', message: 'gone' },
    msg: 'the edge',
  })
})
