import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Encoding, TWINS } from './compressed-files.ts'
import { safePath } from './safe-path.ts'
import { contentSecurityPolicy } from './security-headers.ts'

export type Page = {
  readonly html: string
  /** The same compressed, where the build left a twin. */
  readonly compressed: Readonly<Record<Encoding, Buffer | null>>
  readonly policy: string
  /** SHA-256 of the page: the body of an entity tag, which each encoding completes. */
  readonly hash: string
}

export type ConsolePages = {
  /** The page at a URL's path, `redirect` when it needs a slash at the end, null when there is none. */
  find(path: string): Promise<Page | 'redirect' | null>
}

/** Pages kept in memory; the console has a few dozen. */
const CACHED_PAGES = 200

/** The console's static export: `/en/desktop/` is `en/desktop/index.html`. A page that was built anew is read anew. */
export const createConsolePages = (folder: string): ConsolePages => {
  const cache = new Map<string, { readonly modified: number; readonly page: Page }>()

  const read = async (file: string): Promise<Page | null> => {
    const modified = await modifiedAt(file)
    if (modified === null) return null
    const cached = cache.get(file)
    if (cached?.modified === modified) return cached.page
    const html = await readFile(file, 'utf8')
    const page = {
      html,
      compressed: {
        br: await twinOf(file, 'br', modified),
        gzip: await twinOf(file, 'gzip', modified),
      },
      policy: contentSecurityPolicy(inlineScriptHashes(html)),
      hash: createHash('sha256').update(html).digest('base64url').slice(0, 27),
    }
    if (cache.size >= CACHED_PAGES) cache.clear()
    cache.set(file, { modified, page })
    return page
  }

  return {
    async find(path) {
      const relative = safePath(path)
      if (relative === null) return null
      if (relative.endsWith('.html')) return read(join(folder, relative))
      const index = join(folder, relative, 'index.html')
      if (path.endsWith('/')) return read(index)
      return (await modifiedAt(index)) === null ? null : 'redirect'
    },
  }
}

/** Null where there is none, or one of an earlier build. */
const twinOf = async (file: string, encoding: Encoding, modified: number): Promise<Buffer | null> => {
  const twin = `${file}${TWINS[encoding]}`
  const made = await modifiedAt(twin)
  return made === null || made < modified ? null : readFile(twin)
}

const modifiedAt = async (file: string): Promise<number | null> => {
  try {
    const found = await stat(file)
    return found.isFile() ? found.mtimeMs : null
  } catch {
    return null
  }
}

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g

/** SHA-256, base64, of each script that stands in the page (CSP Level 3, §2.3.1). */
export const inlineScriptHashes = (html: string): readonly string[] => {
  const hashes = new Set<string>()
  for (const [, script] of html.matchAll(INLINE_SCRIPT)) {
    if (script) hashes.add(createHash('sha256').update(script).digest('base64'))
  }
  return [...hashes]
}
