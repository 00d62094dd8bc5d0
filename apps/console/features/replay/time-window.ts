/** How much of the day the scrubber shows. */
export type Zoom = 'day' | 'hour' | 'minute'

/** ms since the epoch. */
export type Span = { readonly from: number; readonly until: number }

const WIDTH = { hour: 3_600_000, minute: 60_000 } as const

/** The part of the day around a moment: the day, or the hour or minute that the moment is in. */
export function spanAround(day: Span, moment: number, zoom: Zoom): Span {
  if (zoom === 'day') return day
  const width = WIDTH[zoom]
  const from = Math.max(day.from, day.from + Math.floor((moment - day.from) / width) * width)
  return { from, until: Math.min(day.until, from + width) }
}

/** How far one press of an arrow key on the scrubber goes, ms. */
export const stepOf = (zoom: Zoom): number => (zoom === 'day' ? 60_000 : 1_000)

/** Instants to print under the scrubber: the ends and equal parts between them. */
export const marksOf = ({ from, until }: Span, parts: number): readonly number[] =>
  Array.from({ length: parts + 1 }, (_, index) => from + ((until - from) / parts) * index)

/** Quiet time longer than this on the viewer's own watch is passed over, ms. */
const LONGEST_QUIET = 2_000

/**
 * Where the clock of a playing replay stands after `elapsed` ms of the viewer's time. Between events far apart it jumps to just before
 * the next one, so that nobody watches an empty night.
 */
export function clockAfter(clock: number, elapsed: number, speed: number, next: number | null): number {
  const usual = clock + elapsed * speed
  if (next === null) return usual
  return next - usual > LONGEST_QUIET * speed ? next - (LONGEST_QUIET / 2) * speed : usual
}
