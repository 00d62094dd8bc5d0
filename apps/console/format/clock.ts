/** A running clock: `0:07`, `4:12`, `1:02:30`. Negative durations show as `0:00`. */
export function formatClock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const ss = String(seconds % 60).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${ss}`
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${ss}`
}

/** Milliseconds from an instant to `now`, 0 when the instant is absent or still to come. */
export function since(instant: string | null | undefined, now: number): number {
  return instant ? Math.max(0, now - Date.parse(instant)) : 0
}

/** Milliseconds from `now` to an instant, 0 when it is absent or over. */
export function until(instant: string | null | undefined, now: number): number {
  return instant ? Math.max(0, Date.parse(instant) - now) : 0
}

/** Whole seconds left, rounded up: a lease shows 1 until it is over. */
export function secondsUntil(instant: string | null | undefined, now: number): number {
  return Math.ceil(until(instant, now) / 1000)
}

export type RoughDuration =
  | { readonly unit: 'seconds'; readonly count: number }
  | { readonly unit: 'minutes'; readonly count: number }
  | { readonly unit: 'hours'; readonly count: number }
  | { readonly unit: 'days'; readonly count: number }

/** A duration as a person says it: 48 s, 24 min, 3 h, 2 days. Rounds down, so nothing is said to wait longer than it does. */
export function roughDuration(milliseconds: number): RoughDuration {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  if (seconds < 60) return { unit: 'seconds', count: seconds }
  if (seconds < 3600) return { unit: 'minutes', count: Math.floor(seconds / 60) }
  if (seconds < 86_400) return { unit: 'hours', count: Math.floor(seconds / 3600) }
  return { unit: 'days', count: Math.floor(seconds / 86_400) }
}
