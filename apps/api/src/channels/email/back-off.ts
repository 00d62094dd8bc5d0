/** Doubles from one second to a minute; each wait is spread by a quarter, so that several hubs do not knock at once. */
export const reconnectDelayMilliseconds = (attempt: number, random: () => number = Math.random): number => {
  const base = Math.min(1_000 * 2 ** Math.min(attempt - 1, 10), 60_000)
  return Math.round(base * (0.75 + random() * 0.5))
}
