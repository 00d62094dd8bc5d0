/** `lang-it` → the language's name in the reader's language; any other skill is a plain word with a capital. */
export function skillName(skill: string, locale: string): string {
  const language = /^lang-([a-z]{2,3})$/.exec(skill)?.[1]
  if (language) return languageName(language, locale)
  const words = skill.replaceAll(/[-_]+/g, ' ').trim()
  return capital(words, locale)
}

/** A language's name in the reader's language, with a capital as at the start of a list: `it` → `Italian`. */
export function languageName(tag: string, locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' }).of(tag)
  return capital(name ?? tag, locale)
}

/** Skills in a sentence: `Italian and Billing`. Languages come first. */
export function skillList(skills: readonly string[], locale: string): string {
  const languagesFirst = [...skills].sort(
    (a, b) => Number(b.startsWith('lang-')) - Number(a.startsWith('lang-')),
  )
  return new Intl.ListFormat([locale], { type: 'conjunction' }).format(
    languagesFirst.map((skill) => skillName(skill, locale)),
  )
}

const LONGEST_SKILL = 40
/** Letters that Unicode does not take apart into a letter and a mark. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe' }

/**
 * A skill as the hub compares it, from what a person wrote: `Italian` or `włoski` → `lang-it`, `Second level` →
 * `second-level`. Null for what has no letter or digit of the Latin alphabet, or more than 40.
 */
export function skillFrom(text: string, locale: string): string | null {
  const written = text.trim()
  const language = languageFrom(written, locale)
  if (language !== null) return `lang-${language}`
  const skill = written
    .toLocaleLowerCase(locale)
    .replaceAll(/[łøđßæœ]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/\p{Mark}+/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return skill === '' || skill.length > LONGEST_SKILL ? null : skill
}

/** The languages that people here are likely to write; any other one is written as `lang-…`. */
const LANGUAGES =
  'ar bg bn cs da de el en es et fi fr ga he hi hr hu is it ja ko lt lv mt nl no pl pt ro ru sk sl sq sr sv ta tr uk ur vi zh'

function languageFrom(written: string, locale: string): string | null {
  const wanted = written.toLocaleLowerCase(locale)
  return (
    LANGUAGES.split(' ').find((tag) => languageName(tag, locale).toLocaleLowerCase(locale) === wanted) ?? null
  )
}

const capital = (text: string, locale: string) =>
  text === '' ? '' : text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
