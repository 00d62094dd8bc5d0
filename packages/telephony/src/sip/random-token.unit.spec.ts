import { expect, it } from 'vitest'
import { createRandomToken } from './random-token.ts'

it('random tokens never repeat, over several fillings of their pool', () => {
  const token = createRandomToken()
  const tokens = Array.from({ length: 2000 }, token)
  expect(new Set(tokens).size).toBe(2000)
  for (const text of tokens) expect(text).toMatch(/^[0-9a-f]{24}$/)
})
