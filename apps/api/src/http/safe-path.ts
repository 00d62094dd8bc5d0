import { normalize } from 'node:path'

/** A URL's path, decoded, with a slash in front; null for one that is no path of a file, or leads out of its folder. */
export const safePath = (path: string): string | null => {
  try {
    const decoded = decodeURIComponent(path)
    if (decoded.includes('\0') || decoded.includes('\\')) return null
    const normal = normalize(decoded)
    return normal.startsWith('/') ? normal : null
  } catch {
    return null
  }
}
