import { expect, test } from 'vitest'
import { formatBytes } from './bytes.ts'
import { initials } from './initials.ts'
import { skillFrom, skillList, skillName } from './skill.ts'

test('a language skill has the name of the language, any other its own word', () => {
  expect(skillName('lang-it', 'en')).toBe('Italian')
  expect(skillName('lang-it', 'pl')).toBe('Włoski')
  expect(skillName('billing', 'en')).toBe('Billing')
  expect(skillName('second-level_support', 'en')).toBe('Second level support')
})

test('a skill is kept as the hub compares it, however a person writes it', () => {
  expect(skillFrom('  Billing ', 'en')).toBe('billing')
  expect(skillFrom('Second level_support', 'en')).toBe('second-level-support')
  expect(skillFrom('Księgowość i płace', 'pl')).toBe('ksiegowosc-i-place')
  expect(skillFrom('lang-uk', 'en')).toBe('lang-uk')
})

test('the name of a language is the skill of that language, in each language of the console', () => {
  expect([skillFrom('italian', 'en'), skillFrom('Italiano', 'it'), skillFrom('WŁOSKI', 'pl')]).toEqual([
    'lang-it',
    'lang-it',
    'lang-it',
  ])
})

test('what has no letter for it, or too many, is no skill', () => {
  expect(skillFrom(' – ', 'en')).toBeNull()
  expect(skillFrom('日本', 'en')).toBeNull()
  expect(skillFrom('x'.repeat(41), 'en')).toBeNull()
})

test('skills in a sentence begin with the languages', () => {
  expect(skillList(['billing', 'lang-it'], 'en')).toBe('Italian and Billing')
})

test('a face shows first and last initial, and none for a number', () => {
  expect(initials('Giulia Ferrante')).toBe('GF')
  expect(initials('łucja')).toBe('Ł')
  expect(initials('Rosa De Luca')).toBe('RL')
  expect(initials('+39 06 555')).toBeNull()
  expect(initials(null)).toBeNull()
})

test('a file size stands in the unit that people use', () => {
  expect(formatBytes(182_400, 'en')).toBe('182 kB')
  expect(formatBytes(1_440_000, 'en')).toBe('1.4 MB')
  expect(formatBytes(40_000_000, 'it')).toBe('40 MB')
})
