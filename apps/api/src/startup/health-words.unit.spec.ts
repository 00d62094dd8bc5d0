import { describe, expect, it } from 'vitest'
import { schemaText } from '../graphql/schema.ts'
import { EDGE_WORDS, MAILBOX_WORDS, SMTP_WORDS, storeWord } from './health-words.ts'

const describedIn = (field: string): string =>
  new RegExp(`"""([^"]*)"""\\s*${field}: String!`).exec(schemaText())?.[1] ?? ''

describe('the word that a part is shown with', () => {
  it.each([
    ['edge', EDGE_WORDS],
    ['mailbox', MAILBOX_WORDS],
    ['smtp', SMTP_WORDS],
  ])('stands in what the schema says of %s', (field, words) => {
    const named = describedIn(field).match(/\b(off|starting|up|away|down)\b/g)
    expect(new Set(named)).toEqual(new Set(Object.values(words)))
  })

  it('tells a log whose servers are away from one that takes nothing', () => {
    expect(storeWord(undefined, true)).toBe('up')
    expect(storeWord(undefined, false)).toBe('notWritable')
    expect(storeWord({ status: 'catchingUp' }, true)).toBe('up')
    expect(storeWord({ status: 'reconnecting' }, false)).toBe('away')
  })

  it('is away for a mailbox that is connected to again and again', () => {
    expect(MAILBOX_WORDS.away).toBe('away')
  })
})
