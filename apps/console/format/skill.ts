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

const capital = (text: string, locale: string) =>
  text === '' ? '' : text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
