export type DayLabel =
  | { readonly kind: 'today' }
  | { readonly kind: 'yesterday' }
  | { readonly kind: 'thisYear' }
  | { readonly kind: 'otherYear' }

/** The calendar day of an instant in a time zone, `yyyy-mm-dd`. */
export function dayOf(instantMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(instantMs)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** How a day is called beside today: Today, Yesterday, a date of this year, or one of another. */
export function labelDay(day: string, nowMs: number, timeZone: string): DayLabel {
  const today = dayOf(nowMs, timeZone)
  if (day === today) return { kind: 'today' }
  // 12 hours before today's noon is always yesterday, whatever the clocks did in the night.
  const noon = Date.parse(`${today}T12:00:00Z`)
  if (day === new Date(noon - 86_400_000).toISOString().slice(0, 10)) return { kind: 'yesterday' }
  return day.slice(0, 4) === today.slice(0, 4) ? { kind: 'thisYear' } : { kind: 'otherYear' }
}
