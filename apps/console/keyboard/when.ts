import type { Shortcut } from './shortcuts.ts'

/** What the key handler must know about a key press beside the key itself. */
export type PressCircumstances = {
  /** An input method is composing a character. */
  readonly composing: boolean
  /** Right Alt, or AltGraph by name: it types ą, ł and €, it never commands. */
  readonly altGraph: boolean
  /** The target takes text. */
  readonly typing: boolean
  /** A dialog, menu or list box is open above the page: it owns the single letters. */
  readonly layerOpen: boolean
  /** The key is held down and repeats. */
  readonly repeat: boolean
}

/** Whether a shortcut may act on this press. */
export function mayAct(shortcut: Shortcut, press: PressCircumstances): boolean {
  if (press.composing || press.repeat) return false
  if (press.altGraph) return false
  return shortcut.reach === 'anywhere' || (!press.typing && !press.layerOpen)
}

export type DoublePress = {
  /** True on the second press within the time; a first one arms it. `at` in ms, any clock. */
  press(at: number): boolean
}

/** For what must not happen by one slip of a finger. */
export function createDoublePress(withinMs: number): DoublePress {
  let armedAt: number | null = null
  return {
    press(at) {
      if (armedAt !== null && at - armedAt <= withinMs) {
        armedAt = null
        return true
      }
      armedAt = at
      return false
    },
  }
}
