import { expect, test } from 'vitest'
import { formatBytes } from './bytes.ts'
import { initials } from './initials.ts'
import { skillList, skillName } from './skill.ts'

test('a language skill has the name of the language, any other its own word', () => {
  expect(skillName('lang-it', 'en')).toBe('Italian')
  expect(skillName('lang-it', 'pl')).toBe('Włoski')
  expect(skillName('billing', 'en')).toBe('Billing')
  expect(skillName('second-level_support', 'en')).toBe('Second level support')
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
