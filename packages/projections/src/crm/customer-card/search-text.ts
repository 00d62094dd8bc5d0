/** Letters that are letters of their own to Unicode, and a plain one with a stroke to whoever searches. */
const STROKES: Readonly<Record<string, string>> = { ł: 'l', đ: 'd', ø: 'o', ß: 'ss' }

/** Text as it is stored and searched: lower case, accents off, single spaces. Searching `zolc` finds `Żółć`. */
export const searchText = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[łđøß]/g, (letter) => STROKES[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim()

export const digitsOf = (text: string): string => text.replace(/\D/g, '')
