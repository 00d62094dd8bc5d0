/** A number or an address that leads to a queue: as the hub knows it, and as people read it. */
export type EntryPoint = { readonly value: string; readonly display: string }

/** Whether a text is meant as an address rather than a number. */
export const isAddress = (text: string) => text.includes('@')

/**
 * What a person typed, when it looks like an address or a number; null for anything else. Which numbers there are is the
 * hub's to judge: it knows the countries.
 */
export function readEntryPoint(text: string): EntryPoint | null {
  const written = text.trim().replaceAll(/\s+/g, ' ')
  const isOne = isAddress(written)
    ? /^[^\s@]+@[^\s@]+$/.test(written)
    : /^\+?[\d ()./-]+$/.test(written) && written.replaceAll(/\D/g, '').length >= 3
  return isOne ? { value: written, display: written } : null
}
