/** What the browser has counted of the customer's voice since the leg stands, and how far the hub is away. */
export type LineSample = {
  /** ms of this machine. */
  readonly atMs: number
  /** Packets since the leg stands. */
  readonly received: number
  /** Packets since the leg stands; duplicates may take it back, or below 0 (RFC 3550 §6.4.1). */
  readonly lost: number
  /** Interarrival jitter (RFC 3550 §6.4.1); null while unknown. */
  readonly jitterMs: number | null
  /** To the hub and back, by ICE's own checks; null while unknown. */
  readonly roundTripMs: number | null
}

export type LineQuality = 'good' | 'fair' | 'poor'

/** The quality is told of so much of the past, ms. */
export const WINDOW_MS = 5000
/** Less than this says nothing yet, ms. */
const LEAST_MS = 2000

/**
 * Up to which value a line is good, and up to which it is fair. Loss: ITU-T G.1010 table I.1 asks for less than 3 % of a
 * conversation. Round trip: twice the 150 ms and 400 ms one way of ITU-T G.114. Jitter: 30 ms are what a small playout
 * buffer takes without a word being cut; past the double of it the buffer's own delay is heard.
 */
export const LIMITS = {
  lossShare: { good: 0.01, fair: 0.03 },
  jitterMs: { good: 30, fair: 60 },
  roundTripMs: { good: 300, fair: 800 },
} as const

/** Adds a sample and forgets what is older than the window needs. Oldest first. */
export function addSample(samples: readonly LineSample[], next: LineSample): readonly LineSample[] {
  const earliest = next.atMs - WINDOW_MS
  return [...samples.filter((one) => one.atMs >= earliest && one.atMs < next.atMs), next]
}

/**
 * How the line between this browser and the hub was in the window: as bad as the worst of loss, jitter and round trip.
 * Null while too little is measured, and when no voice came at all. What lies beyond the hub is not in it.
 */
export function qualityOf(samples: readonly LineSample[]): LineQuality | null {
  const first = samples[0]
  const last = samples.at(-1)
  if (first === undefined || last === undefined || last.atMs - first.atMs < LEAST_MS) return null
  const received = last.received - first.received
  const lost = Math.max(0, last.lost - first.lost)
  if (received <= 0) return null
  const grades = [
    grade(lost / (received + lost), LIMITS.lossShare),
    grade(last.jitterMs, LIMITS.jitterMs),
    grade(last.roundTripMs, LIMITS.roundTripMs),
  ]
  return grades.includes('poor') ? 'poor' : grades.includes('fair') ? 'fair' : 'good'
}

function grade(value: number | null, limit: { readonly good: number; readonly fair: number }): LineQuality {
  if (value === null || value <= limit.good) return 'good'
  return value <= limit.fair ? 'fair' : 'poor'
}

/** Reads a report of the receiving transport (W3C webrtc-stats); null before the first packet. */
export function sampleOf(report: Iterable<readonly [string, unknown]>, atMs: number): LineSample | null {
  let voice: Stats | null = null
  let path: Stats | null = null
  for (const [, value] of report) {
    const stats = value as Stats
    if (stats['type'] === 'inbound-rtp' && stats['kind'] === 'audio') voice = stats
    // Firefox says `selected`, whatever else was nominated before.
    if (stats['type'] === 'candidate-pair' && (stats['selected'] ?? stats['nominated']) === true) path = stats
  }
  const received = voice === null ? null : number(voice['packetsReceived'])
  if (voice === null || received === null) return null
  return {
    atMs,
    received,
    lost: number(voice['packetsLost']) ?? 0,
    jitterMs: milliseconds(voice['jitter']),
    roundTripMs: milliseconds(path?.['currentRoundTripTime']),
  }
}

type Stats = Readonly<Record<string, unknown>>

const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null)

/** webrtc-stats counts in seconds. */
const milliseconds = (value: unknown) => {
  const seconds = number(value)
  return seconds === null ? null : seconds * 1000
}
