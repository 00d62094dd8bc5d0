import { expect, it } from 'vitest'
import type { Outcome } from '../commands/outcome.ts'
import { type RefusalCode, refusalCodesText } from './refusal-codes.ts'
import { graphQLClient } from './testing/graphql-client.ts'

it('every code that an action may be refused with stands in the committed apps/api/refusal-codes.txt', async () => {
  await expect(refusalCodesText()).toMatchFileSnapshot('../../refusal-codes.txt')
})

it('no action may answer with a code that stands nowhere: it does not compile', () => {
  const { deskActions } = graphQLClient()
  // @ts-expect-error nobody has a sentence for it
  const made: Outcome<RefusalCode> = { ok: false, code: 'MADE_UP' }
  deskActions.answer = made
  const listed = new Set(refusalCodesText().split('\n'))
  expect(listed.has('code' in made ? made.code : '')).toBe(false)
})
