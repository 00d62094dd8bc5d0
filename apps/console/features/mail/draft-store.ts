/** A text that is being written, kept in this browser until it is sent. */
export type Draft = {
  readonly interactionId: string
  readonly text: string
  /** This machine's time, ms. */
  readonly savedAt: number
}

export type DraftStore = {
  read(interactionId: string): Draft | null
  /** An empty text forgets the draft. False when the browser has no room or no storage. */
  write(interactionId: string, text: string, savedAt: number): boolean
  forget(interactionId: string): void
  /** Newest first. */
  list(): readonly Draft[]
}

/** More drafts than this, and the oldest go. */
export const MOST_DRAFTS = 50
/** Characters; a longer text is cut, which nobody writes by hand. */
export const LONGEST_DRAFT = 100_000

/** Drafts under one prefix (`reply`, `note`) of this browser's storage. Broken entries count as none. */
export function createDraftStore(
  kind: 'reply' | 'note',
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>,
): DraftStore {
  const prefix = `centralino.${kind}.`
  const read = (interactionId: string): Draft | null => {
    const stored = parse(storage.getItem(prefix + interactionId))
    return stored ? { interactionId, ...stored } : null
  }
  const list = () =>
    keysOf(storage)
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => read(key.slice(prefix.length)) ?? [])
      .sort((a, b) => b.savedAt - a.savedAt)
  const forget = (interactionId: string) => storage.removeItem(prefix + interactionId)
  return {
    read,
    list,
    forget,
    write(interactionId, text, savedAt) {
      if (text.trim() === '') {
        forget(interactionId)
        return true
      }
      try {
        storage.setItem(
          prefix + interactionId,
          JSON.stringify({ text: text.slice(0, LONGEST_DRAFT), savedAt }),
        )
        for (const old of list().slice(MOST_DRAFTS)) forget(old.interactionId)
        return true
      } catch {
        return false
      }
    },
  }
}

function keysOf(storage: Pick<Storage, 'key' | 'length'>): string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter(
    (key) => key !== null,
  )
}

function parse(stored: string | null): { text: string; savedAt: number } | null {
  if (stored === null) return null
  try {
    const value: unknown = JSON.parse(stored)
    if (typeof value !== 'object' || value === null) return null
    const { text, savedAt } = value as Record<string, unknown>
    return typeof text === 'string' && typeof savedAt === 'number' ? { text, savedAt } : null
  } catch {
    return null
  }
}
