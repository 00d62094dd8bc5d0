import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { defectKey } from './mail-words.ts'

/** The hub's own list of defects, as its schema tells it. */
const SCHEMA = readFileSync(new URL('../../../api/schema.graphql', import.meta.url), 'utf8')
const TOLD = /"{3}([^"]+)"{3}\s+defects:/.exec(SCHEMA)?.[1] ?? ''

test('every defect that the hub tells of has its own words', () => {
  const defects = TOLD.match(/\b[a-z]+[A-Z][A-Za-z]+\b/g) ?? []
  expect(defects.length).toBeGreaterThanOrEqual(5)
  expect(defects.filter((defect) => defectKey(defect) === 'mail.someDefect')).toEqual([])
})

test('a mail shown in part says what is left out', () => {
  expect(['htmlNotShown', 'textCut', 'attachmentsLeftOut'].map(defectKey)).toEqual([
    'mail.htmlNotShown',
    'mail.textCut',
    'mail.attachmentsLeftOut',
  ])
})

test('a defect of a newer hub, or a word that every object has, says that something is wrong', () => {
  expect(defectKey('ofTomorrow')).toBe('mail.someDefect')
  expect(defectKey('constructor')).toBe('mail.someDefect')
})
