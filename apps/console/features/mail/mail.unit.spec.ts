import { expect, test } from 'vitest'
import { createDraftStore, MOST_DRAFTS } from './draft-store.ts'
import { mailDocument } from './mail-document.ts'
import { splitQuoted } from './quoted-text.ts'

function memory(room = Number.POSITIVE_INFINITY) {
  const map = new Map<string, string>()
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (map.size >= room && !map.has(key)) throw new DOMException('full', 'QuotaExceededError')
      map.set(key, value)
    },
    removeItem: (key: string) => void map.delete(key),
    key: (index: number) => [...map.keys()][index] ?? null,
    get length() {
      return map.size
    },
  }
}

test('a draft is there again after a reload, one for each contact', () => {
  const storage = memory()
  createDraftStore('reply', storage).write('a', 'Dear Piotr', 1)
  createDraftStore('note', storage).write('a', 'Upset', 2)
  expect(createDraftStore('reply', storage).read('a')).toEqual({
    interactionId: 'a',
    text: 'Dear Piotr',
    savedAt: 1,
  })
})

test('an emptied or sent draft is forgotten', () => {
  const drafts = createDraftStore('reply', memory())
  drafts.write('a', 'x', 1)
  drafts.write('a', '  ', 2)
  expect(drafts.read('a')).toBeNull()
})

test('drafts are bounded: the oldest go first', () => {
  const drafts = createDraftStore('reply', memory())
  for (let index = 0; index <= MOST_DRAFTS; index += 1) drafts.write(`i${index}`, 'text', index)
  expect(drafts.list()).toHaveLength(MOST_DRAFTS)
  expect(drafts.read('i0')).toBeNull()
  expect(drafts.list()[0]?.interactionId).toBe(`i${MOST_DRAFTS}`)
})

test('a full or broken storage is said, never thrown', () => {
  const storage = memory(0)
  expect(createDraftStore('reply', storage).write('a', 'x', 1)).toBe(false)
  const broken = memory()
  broken.setItem('centralino.reply.a', '{')
  expect(createDraftStore('reply', broken).read('a')).toBeNull()
})

test('the quoted tail is folded with the line that introduces it', () => {
  const text = 'Thank you.\r\n\r\nOn Monday Linfa wrote:\r\n> Dear Piotr\r\n>\r\n> we look into it\r\n'
  expect(splitQuoted(text)).toEqual({
    own: 'Thank you.',
    quoted: 'On Monday Linfa wrote:\n> Dear Piotr\n>\n> we look into it',
    quotedLines: 4,
  })
})

test('answers between quotations stay where they are, and a mere quotation is shown', () => {
  expect(splitQuoted('> why?\nBecause.').quotedLines).toBe(0)
  expect(splitQuoted('> only this').own).toBe('> only this')
  expect(splitQuoted('plain: text').own).toBe('plain: text')
})

test('the page of a mail lets nothing be fetched and nothing run', () => {
  expect(mailDocument('<p>x</p>')).toContain(
    `content="default-src 'none'; style-src 'unsafe-inline'; img-src data: cid:`,
  )
})
