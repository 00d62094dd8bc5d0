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

const wordsOfHtml = (html: string): string =>
  sanitizeHtml(html.slice(0, LOOKED_AT), {
    allowedTags: [],
    allowedAttributes: {},
    nonTextTags: ['style', 'script', 'head'],
  }).replace(/&(?:amp|lt|gt|quot|nbsp);/g, (entity) => entities[entity] ?? entity)

/** The first words of a mail: of its plain text, or of its HTML without the marks; quoted lines left out. */
export const excerptOf = (text: string | null, html: string | null): string => {
  const words = text?.trim() ? text.slice(0, LOOKED_AT) : wordsOfHtml(html ?? '')
  return words
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, EXCERPT_CHARACTERS)
}
