import { stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Request, RequestHandler } from 'express'
import { safePath } from './safe-path.ts'

/** Content codings (RFC 9110 §8.4.1) that the console's build leaves twins in, the smallest first, by their file's ending. */
export const TWINS = { br: '.br', gzip: '.gz' } as const
export type Encoding = keyof typeof TWINS

/** The smallest coding that the browser can read; null: as it is. */
export const encodingFor = (request: Request): Encoding | null => {
  if (request.acceptsEncodings('br')) return 'br'
  return request.acceptsEncodings('gzip') ? 'gzip' : null
}

/**
 * Sends a file's compressed twin to who can read it; whoever comes next sends the file itself. To be mounted before
 * `express.static` on the same folder and with the same `immutable` and `maxAge`.
 */
export const compressedFiles =
  (folder: string, options: { readonly immutable?: boolean; readonly maxAge?: string }): RequestHandler =>
  async (request, response, next) => {
    response.vary('accept-encoding')
    const encoding = encodingFor(request)
    const path = safePath(request.path)
    if (encoding === null || path === null || path.endsWith('/')) return next()
    const twin = `${path}${TWINS[encoding]}`
    // Not there, or not to be read: the file as it is goes out, or its own error.
    const found = await stat(join(folder, twin)).catch(() => null)
    if (found?.isFile() !== true) return next()
    response.type(extname(path))
    response.setHeader('content-encoding', encoding)
    response.setHeader('etag', `"${found.size.toString(16)}-${found.mtimeMs.toString(16)}-${encoding}"`)
    response.sendFile(twin, { root: folder, dotfiles: 'ignore', ...options }, (error) => {
      if (error) next(error)
    })
  }
