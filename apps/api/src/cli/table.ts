/** Rows as columns of text, each as wide as its widest cell; the last is not padded. */
export const tableOf = (header: readonly string[], rows: readonly (readonly string[])[]): string[] => {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const lineOf = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  return [lineOf(header), lineOf(widths.map((width) => '─'.repeat(width))), ...rows.map(lineOf)]
}

/** A local time that a person reads, to the second, with its zone: `24 Nov 2026, 14:05:09 CET`. */
export const timeOf = (at: string | null, timeZone: string): string => {
  if (at === null) return '—'
  const date = new Date(at)
  const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone })
  const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short', timeZone })
    .formatToParts(date)
    .find(({ type }) => type === 'timeZoneName')
  return `${time.format(date)} ${zone?.value ?? timeZone}`
}

/** `0:07`, `4:12`, `1:02:30`. */
export const durationOf = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000))
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (number: number): string => String(number).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** A domain word as people write it: `notReady` is "not ready". */
export const wordsOf = (word: string): string => word.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
