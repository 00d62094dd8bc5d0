import { SHORTCUTS, type ShortcutId } from './shortcuts.ts'

/**
 * The key that does the same as the control it stands on. Screen readers take it from `aria-keyshortcuts`. `digit` is the
 * one of "Alt 1…9".
 */
export function KeyCap({ id, digit }: { id: ShortcutId; digit?: number }) {
  const caps = digit === undefined ? SHORTCUTS[id].caps : ['Alt', String(digit)]
  return (
    <span aria-hidden="true">
      <kbd>{caps.join(' ')}</kbd>
    </span>
  )
}
