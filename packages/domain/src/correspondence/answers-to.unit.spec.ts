import { expect, test } from 'vitest'
import { answersTo } from './answers-to.ts'

const from = { name: 'Clara', address: 'clara@example.org' }
const nobody = { name: null, address: '' }

test.each([
  ['the sender', { from }, [from]],
  [
    'where the sender wants answers',
    { from, replyTo: [{ name: null, address: 'desk@example.org' }] },
    [{ name: null, address: 'desk@example.org' }],
  ],
  ['nobody without a sender', { from: nobody }, []],
  ['nobody whose address is missing', { from, replyTo: [nobody] }, []],
])('an answer goes to %s', (_whom, mail, to) => {
  expect(answersTo(mail)).toEqual(to)
})
