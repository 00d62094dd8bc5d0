/** What a parameter may be. Anything else would be bound as something it is not, without a word. */
export type SqliteValue = string | number | null

/**
 * Refuses what `node:sqlite` takes silently for something else: `undefined` and a lone `Date` become NULL, a boolean
 * becomes a number, a number past 2^53 loses digits. `where` names the culprit in the message.
 */
export const sqliteValue = (value: unknown, where: string): SqliteValue => {
  if (value === null || typeof value === 'string') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  const kind = value instanceof Date ? 'Date' : typeof value
  throw new TypeError(`${where}: a ${kind} is no column value (text, a safe integer or null are)`)
}
