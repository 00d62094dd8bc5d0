import { pipeline } from 'node:stream/promises'
import { type BlobStore, isBlobStoreError } from '@centralino/event-store'
import express, { type Request, type Router } from 'express'
import type { Viewer } from '../auth/viewer.ts'
import { CONVERSATIONS } from '../graphql/access.ts'
import type { Notices } from '../observability/notices.ts'

/**
 * `GET /files/{sha256}/{filename}`: an attachment or a mail as received. Always a download of unknown type, so that
 * nothing a stranger sent runs on our origin. 401 and 403 as everywhere, 404 for what is not there.
 */
export const fileRoutes = (options: {
  readonly blobs: Pick<BlobStore, 'get' | 'size'>
  readonly viewerOf: (request: Request) => Promise<Viewer | null>
  readonly notices: Notices
}): Router => {
  const { blobs, viewerOf, notices } = options
  const router = express.Router()

  router.get('/:sha256/:filename', async (request, response) => {
    response.setHeader('cache-control', 'no-store')
    const viewer = await viewerOf(request)
    if (viewer === null) return void response.status(401).json({ code: 'UNAUTHENTICATED' })
    if (!CONVERSATIONS.includes(viewer.role)) return void response.status(403).json({ code: 'FORBIDDEN' })
    const { sha256, filename } = request.params
    const [size, stream] = await Promise.all([blobs.size(sha256), blobs.get(sha256)])
    if (size === null || stream === null) {
      stream?.destroy()
      return void response.status(404).json({ code: 'NOT_FOUND' })
    }
    response.setHeader('content-type', 'application/octet-stream')
    response.setHeader('content-length', String(size))
    response.setHeader('content-disposition', `attachment; filename*=UTF-8''${encodeFilename(filename)}`)
    try {
      await pipeline(stream, response)
    } catch (error) {
      // A browser that went away is nothing; a damaged file cuts the answer short, and the operator hears of it.
      if (isBlobStoreError(error)) notices.report('FILE_DAMAGED', { code: error.code })
      response.destroy()
    }
  })
  return router
}

/** RFC 8187 §3.2.1: everything but attr-char is percent-encoded. */
const encodeFilename = (filename: string): string =>
  encodeURIComponent(filename).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
