import { expect, test } from 'vitest'
import { createLineCutter, FrameTooLongError, frameLine } from './frame-lines.ts'

test('lines are cut wherever the chunks were cut, through a character too', () => {
  const bytes = Buffer.from(`${frameLine({ a: 'żółw' })}\n${frameLine({ b: 2 })}{"c"`)
  for (let size = 1; size <= bytes.length; size++) {
    const cut = createLineCutter()
    const lines: string[] = []
    for (let at = 0; at < bytes.length; at += size) lines.push(...cut(bytes.subarray(at, at + size)))
    expect(lines).toEqual(['{"a":"żółw"}', '{"b":2}'])
  }
})

test('a line without end is refused, in one chunk or in many', () => {
  expect(() => createLineCutter(10)(Buffer.from('12345678901\n'))).toThrow(FrameTooLongError)
  const cut = createLineCutter(10)
  cut(Buffer.from('123456'))
  expect(() => cut(Buffer.from('78901'))).toThrow(FrameTooLongError)
  expect(createLineCutter(10)(Buffer.from('1234567890\n'))).toEqual(['1234567890'])
})
