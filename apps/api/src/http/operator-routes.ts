import express, { type Request, type Router } from 'express'
import type { Viewer } from '../auth/viewer.ts'
import { isLoopback } from '../config.ts'
import type { Metrics } from '../observability/metrics.ts'

/**
 * `GET /healthz`: 200 while the hub is ready, 503 before, while it shuts down and while nothing can be written down; for a supervisor of processes, so it
 * says nothing else. `GET /metrics`: Prometheus text, for a scraper on this machine, an auditor or an administrator.
 */
export const operatorRoutes = (options: {
  readonly isReady: () => boolean
  readonly metrics: Metrics
  readonly viewerOf: (request: Request) => Promise<Viewer | null>
}): Router => {
  const router = express.Router()

  router.get('/healthz', (_request, response) => {
    const ready = options.isReady()
    response.setHeader('cache-control', 'no-store')
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'notReady' })
  })

  router.get('/metrics', async (request, response) => {
    response.setHeader('cache-control', 'no-store')
    if (!fromThisMachine(request)) {
      const viewer = await options.viewerOf(request)
      if (viewer === null) return void response.status(401).json({ code: 'UNAUTHENTICATED' })
      if (viewer.role !== 'auditor' && viewer.role !== 'admin') {
        return void response.status(403).json({ code: 'FORBIDDEN' })
      }
    }
    response.type(options.metrics.registry.contentType).send(await options.metrics.registry.metrics())
  })
  return router
}

/** A proxy on this machine speaks for others, and says so. */
const fromThisMachine = (request: Request): boolean => {
  const { forwarded, via } = request.headers
  if (forwarded !== undefined || via !== undefined || request.headers['x-forwarded-for'] !== undefined)
    return false
  const peer = request.socket.remoteAddress?.replace(/^::ffff:/, '')
  return peer !== undefined && isLoopback(peer)
}
