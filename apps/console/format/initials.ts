/** First letters of the first and last word of a name, for the round face; `null` when there is no letter. */
export function initials(name: string | null): string | null {
  const words = (name ?? '').split(/\s+/).filter((word) => /^\p{L}/u.test(word))
  const first = words[0]
  if (first === undefined) return null
  const last = words.length > 1 ? words[words.length - 1] : undefined
  return `${letter(first)}${last ? letter(last) : ''}`.toLocaleUpperCase()
}

const letter = (word: string) => Array.from(word)[0] ?? ''
