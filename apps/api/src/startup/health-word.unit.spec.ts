import { expect, it } from 'vitest'
import { healthWord } from './health-word.ts'

it.each([
  ['up', 'up'],
  ['idle', 'up'],
  ['connecting', 'starting'],
  ['starting', 'starting'],
  ['off', 'off'],
  ['folder', 'off'],
  ['away (ECONNREFUSED)', 'away'],
  ['failing (EAUTH)', 'down'],
  ['stopped', 'down'],
  ['something new', 'down'],
])('a part that says "%s" is shown as %s', (status, word) => {
  expect(healthWord(status)).toBe(word)
})
