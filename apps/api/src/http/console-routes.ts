import { join } from 'node:path'
import express, { type Request, type Response, type Router } from 'express'
import { compressedFiles, encodingFor } from './compressed-files.ts'
import { createConsolePages, type Page } from './console-pages.ts'

export const LOCALES = ['en', 'it', 'pl'] as const

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Centralino</title>
<p>The console is not built. <code>npm start</code> builds it; the hub itself is running.</p></html>`

/** The console as static files, and `/` leading to the browser's language. */
export const consoleRoutes = (folder: string): Router => {
  const router = express.Router()
  const pages = createConsolePages(folder)

  const send = (request: Request, response: Response, page: Page, status: number): void => {
    const encoding = encodingFor(request)
    const compressed = encoding === null ? null : page.compressed[encoding]
    response.vary('accept-encoding')
    response.setHeader('content-security-policy', page.policy)
    response.setHeader('cache-control', 'no-cache')
    response.setHeader('etag', compressed === null ? `"${page.hash}"` : `"${page.hash}-${encoding}"`)
    if (compressed !== null && encoding !== null) response.setHeader('content-encoding', encoding)
    response
      .status(status)
      .type('html')
      .send(compressed ?? page.html)
  }

  router.get('/', (request: Request, response: Response) => {
    response.setHeader('vary', 'accept-language')
    response.setHeader('cache-control', 'no-cache')
    response.redirect(302, `/${request.acceptsLanguages([...LOCALES]) || 'en'}/`)
  })

  // Next names these files by their content.
  const forEver = { immutable: true, maxAge: '1y' }
  const named = join(folder, '_next/static')
  router.use(
    '/_next/static',
    compressedFiles(named, forEver),
    express.static(named, { ...forEver, index: false, redirect: false }),
  )

  router.get('/{*path}', async (request: Request, response: Response, next) => {
    const page = await pages.find(request.path)
    if (page === null) return next()
    if (page === 'redirect') return response.redirect(308, `${request.path}/`)
    send(request, response, page, 200)
  })

  router.use(
    compressedFiles(folder, {}),
    express.static(folder, { index: false, redirect: false, dotfiles: 'ignore' }),
  )

  router.get('/{*path}', async (request: Request, response: Response, next) => {
    if (!request.accepts('html')) return next()
    const page = await pages.find('/404.html')
    if (page === null || page === 'redirect') {
      response.setHeader('content-security-policy', "default-src 'none'")
      response.status(503).type('html').send(NOT_BUILT)
      return
    }
    send(request, response, page, 404)
  })
  return router
}
