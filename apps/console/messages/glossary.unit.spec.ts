import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import en from './en.json' with { type: 'json' }
import it from './it.json' with { type: 'json' }
import pl from './pl.json' with { type: 'json' }

type Tree = { readonly [key: string]: string | Tree }
const words = (tree: Tree): string =>
  Object.values(tree)
    .map((value) => (typeof value === 'string' ? value : words(value)))
    .join('\n')
    .toLowerCase()
const SHOWN = [words(en), words(it), words(pl)] as const

/** Rows of three columns: the term, what it means, and the word that the console shows, `en · it · pl`. */
const rows = readFileSync(new URL('../../../GLOSSARY.md', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 5 && cells[1]?.startsWith('**') && cells[3] !== '—')
  .map((cells) => ({ term: cells[1] ?? '', said: (cells[3] ?? '').replace('…', '').split(' · ') }))

test('the glossary tells the console’s word for a good part of its terms', () => {
  expect(rows.length).toBeGreaterThan(15)
  for (const { term, said } of rows) expect([term, said.length]).toEqual([term, 3])
})

test('each word that the glossary tells is one that the console shows, in each language', () => {
  const untrue = rows.flatMap(({ term, said }) =>
    said.flatMap((word, language) =>
      word
        .split(', ')
        .filter((one) => !SHOWN[language]?.includes(one.trim().toLowerCase()))
        .map((one) => `${term}: ${one}`),
    ),
  )
  expect(untrue).toEqual([])
})
