/** The ring is off in this browser, whoever signs in. */
export const RING_KEY = 'centralino.ring'

export type RingChoice = 'aloud' | 'silent'

export function ringChoice(storage: Pick<Storage, 'getItem'>): RingChoice {
  return storage.getItem(RING_KEY) === 'silent' ? 'silent' : 'aloud'
}

/** Two notes, one after the other, then silence; then again. Seconds and Hz. */
const NOTES = [
  { atSeconds: 0, hertz: 660 },
  { atSeconds: 0.4, hertz: 528 },
] as const
const NOTE_SECONDS = 0.35
const EVERY_SECONDS = 3
/** Soft beside a headset's speech; the machine's own volume does the rest. */
const LOUDNESS = 0.2
const FADE_SECONDS = 0.02

/** However long an offer says that it stands, it rings no longer than the longest that a queue may ask for. */
export const LONGEST_SECONDS = 120

/** When the notes of a ring of so many seconds begin, counted from its start. */
export function notesOf(seconds: number): readonly { readonly atSeconds: number; readonly hertz: number }[] {
  const bounded = Math.min(LONGEST_SECONDS, Math.max(0, seconds))
  return Array.from({ length: Math.ceil(bounded / EVERY_SECONDS) }, (_, round) =>
    NOTES.map((note) => ({ ...note, atSeconds: note.atSeconds + round * EVERY_SECONDS })),
  )
    .flat()
    .filter((note) => note.atSeconds + NOTE_SECONDS <= bounded)
}

/**
 * Rings for so many seconds, or until the function that it returns is called. The whole ring is handed to the audio clock at
 * once: timers of a page that nobody looks at are held back. A browser that wants a gesture first rings from the next one on.
 */
export function ring(context: AudioContext, seconds: number): () => void {
  const start = context.currentTime
  const tone = context.createOscillator()
  const loudness = context.createGain()
  loudness.gain.setValueAtTime(0, start)
  for (const { atSeconds, hertz } of notesOf(seconds)) {
    const from = start + atSeconds
    const to = from + NOTE_SECONDS
    tone.frequency.setValueAtTime(hertz, from)
    loudness.gain.setValueAtTime(0, from)
    loudness.gain.linearRampToValueAtTime(LOUDNESS, from + FADE_SECONDS)
    loudness.gain.setValueAtTime(LOUDNESS, to - FADE_SECONDS)
    loudness.gain.linearRampToValueAtTime(0, to)
  }
  tone.connect(loudness).connect(context.destination)
  tone.start(start)
  tone.stop(start + Math.min(LONGEST_SECONDS, Math.max(0, seconds)))
  return () => {
    loudness.disconnect()
    tone.stop()
  }
}
