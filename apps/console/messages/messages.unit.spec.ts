import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import en from './en.json' with { type: 'json' }
import it from './it.json' with { type: 'json' }
import pl from './pl.json' with { type: 'json' }

const CONSOLE = fileURLToPath(new URL('..', import.meta.url))
const ALL = { en, it, pl } as const

type Tree = { readonly [key: string]: string | Tree }
const flat = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
  )
const keys = (tree: Tree) => flat(tree).map(([key]) => key)

/** The console's own sources, without tests and generated files. */
const sources = readdirSync(CONSOLE, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(app|features|format|gql|i18n|keyboard|phone|ui)[/\\].*\.tsx?$/.test(file))
  .filter((file) => !/\.spec\.|generated/.test(file))
  .map((file) => readFileSync(join(CONSOLE, file), 'utf8'))
  .join('\n')

/** Arguments of an ICU message: `{name}`, `{name, plural, one {…} other {…}}`; branches are messages again. */
function args(message: string): string[] {
  const names = new Set<string>()
  let at = 0
  const readText = () => {
    while (at < message.length && message[at] !== '}') {
      if (message[at] === '{') readArgument()
      else at += 1
    }
  }
  const readArgument = () => {
    const end = at + 1 + message.slice(at + 1).search(/[,}]/)
    names.add(message.slice(at + 1, end).trim())
    at = end
    while (at < message.length && message[at] !== '}') {
      if (message[at] === '{') {
        at += 1
        readText()
      }
      at += 1
    }
    at += 1
  }
  readText()
  return [...names].sort()
}

test.each(['it', 'pl'] as const)('%s has the same keys as English', (locale) => {
  expect(keys(ALL[locale])).toEqual(keys(en))
})

test('no message is unused', () => {
  expect(keys(en).filter((key) => !sources.includes(`'${key}'`))).toEqual([])
})

test('no message is missing', () => {
  const asked = [...sources.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => key ?? '')
  expect(asked.length).toBeGreaterThan(100)
  expect(asked.filter((key) => !keys(en).includes(key))).toEqual([])
})

test.each(['it', 'pl'] as const)('%s says the same things: no argument is lost on the way', (locale) => {
  const translated = new Map(flat(ALL[locale]))
  for (const [key, message] of flat(en))
    expect([key, args(translated.get(key) ?? '')]).toEqual([key, args(message)])
})

/** The plural forms each language has (CLDR): a message with a count has all of them. */
const FORMS = {
  en: ['one', 'other'],
  it: ['one', 'many', 'other'],
  pl: ['one', 'few', 'many', 'other'],
} as const

test.each(['en', 'it', 'pl'] as const)(
  'every %s message formats, for each plural form of the language',
  (locale) => {
    const t = createTranslator({
      locale,
      messages: ALL[locale],
      onError: (error) => {
        throw error
      },
    })
    const counts = { en: [0, 1, 2], it: [0, 1, 2, 1_000_000], pl: [0, 1, 2, 5, 22, 1.5] }[locale]
    for (const [key, message] of flat(ALL[locale])) {
      for (const count of counts) {
        const values = Object.fromEntries(
          args(message).map((name) => [name, new RegExp(`\\{${name}, plural`).test(message) ? count : 'x']),
        )
        expect(t(key as Parameters<typeof t>[0], values as never)).not.toBe('')
      }
    }
  },
)

test.each(['it', 'pl'] as const)('%s plurals name every form', (locale) => {
  for (const [key, message] of flat(ALL[locale])) {
    for (const block of pluralBlocks(message)) {
      for (const form of FORMS[locale])
        expect([key, block]).toEqual([key, expect.stringContaining(`${form} {`)])
    }
  }
})

/** The text of each `{name, plural, …}` with its braces in balance. */
function pluralBlocks(message: string): string[] {
  return [...message.matchAll(/\{\w+, plural,/g)].map(({ index }) => {
    let depth = 0
    for (let end = index; end < message.length; end += 1) {
      if (message[end] === '{') depth += 1
      if (message[end] === '}') depth -= 1
      if (depth === 0) return message.slice(index, end + 1)
    }
    return message.slice(index)
  })
}
