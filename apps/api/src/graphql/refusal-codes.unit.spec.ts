import { expect, it } from 'vitest'
import { refusalCodesText } from './refusal-codes.ts'

it('every code that an action may be refused with stands in the committed apps/api/refusal-codes.txt', async () => {
  await expect(refusalCodesText()).toMatchFileSnapshot('../../refusal-codes.txt')
})
