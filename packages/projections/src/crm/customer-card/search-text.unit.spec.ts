import { expect, it } from 'vitest'
import { searchText } from './search-text.ts'

it.each([
  ['Żółć  Gęślą', 'zolc gesla'],
  ['PERÚ', 'peru'],
  ['Straße', 'strasse'],
  ['D’Ambrosio', 'd’ambrosio'],
  ['  ', ''],
])('reads %o as %o', (text, expected) => {
  expect(searchText(text)).toBe(expected)
})
