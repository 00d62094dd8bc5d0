import sanitizeHtml from 'sanitize-html'

const EXCERPT_CHARACTERS = 500
/** A body is cut before it is searched for words, so that a huge one costs nothing. */
const LOOKED_AT = 64 * 1024

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': ' ',
}

/** Where a reader sees a gap, though the source may have none. */
const GAP = /<(?:br|hr|\/(?:p|div|h[1-6]|li|td|th|tr|blockquote))\b/gi

const wordsOfHtml = (html: string): string =>
  sanitizeHtml(html.slice(0, LOOKED_AT).replace(GAP, ' $&'), {
    allowedTags: [],
    allowedAttributes: {},
    nonTextTags: ['style', 'script', 'head', 'blockquote'],
  }).replace(/&(?:amp|lt|gt|quot|nbsp);/g, (entity) => entities[entity] ?? entity)

const isQuoted = (line: string | undefined): boolean => line?.startsWith('>') ?? false

/** The first words of a mail: of its plain text, or of its HTML without the marks; what it quotes is left out. */
export const excerptOf = (text: string | null, html: string | null): string => {
  const words = text?.trim() ? text.slice(0, LOOKED_AT) : wordsOfHtml(html ?? '')
  return words
    .split('\n')
    .filter((line, nth, lines) => !isQuoted(line) && !(/:\s*$/.test(line) && isQuoted(lines[nth + 1])))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, EXCERPT_CHARACTERS)
}
