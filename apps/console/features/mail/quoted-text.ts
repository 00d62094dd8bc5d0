/** A mail's own words, and the earlier mail that it quotes below them. */
export type SplitText = { readonly own: string; readonly quoted: string; readonly quotedLines: number }

/**
 * Splits off the quoted tail: the last run of lines that begin with `>`, with the line that introduces it (it ends in a
 * colon). Quotes between the own words stay where they are.
 */
export function splitQuoted(text: string): SplitText {
  const lines = text.replaceAll('\r\n', '\n').trimEnd().split('\n')
  let start = lines.length
  while (start > 0 && (isQuote(lines[start - 1]) || isBlank(lines[start - 1]))) start -= 1
  if (!lines.slice(start).some(isQuote)) return { own: lines.join('\n'), quoted: '', quotedLines: 0 }
  if (start > 0 && lines[start - 1]?.trimEnd().endsWith(':')) start -= 1
  const own = lines.slice(0, start).join('\n').trimEnd()
  const quoted = lines.slice(start).join('\n').trim()
  // Nothing but a quotation: shown as it is.
  if (own === '') return { own: quoted, quoted: '', quotedLines: 0 }
  return { own, quoted, quotedLines: quoted.split('\n').length }
}

const isQuote = (line: string | undefined) => line?.startsWith('>') ?? false
const isBlank = (line: string | undefined) => line !== undefined && line.trim() === ''
