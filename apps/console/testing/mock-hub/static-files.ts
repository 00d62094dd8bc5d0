import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

export const OUT = fileURLToPath(new URL('../../out/', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

/** Serves the export under the content policy that the console is made for. */
export async function serveFile(path: string, response: ServerResponse): Promise<void> {
  const asked = normalize(path).replace(/^(\.\.[/\\])+/, '')
  const file = join(OUT, asked.endsWith('/') ? `${asked}index.html` : asked)
  try {
    const body = await readFile(file)
    const type = TYPES[extname(file)] ?? 'application/octet-stream'
    response.writeHead(200, {
      'content-type': type,
      ...(file.endsWith('.html') ? { 'content-security-policy': contentPolicy(body.toString('utf8')) } : {}),
    })
    response.end(body)
  } catch {
    response.writeHead(404).end()
  }
}

/** Inline scripts are allowed by hash, each page its own. React writes style attributes, so inline styles are allowed. */
export function contentPolicy(html: string): string {
  const hashes = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script]) =>
      `'sha256-${createHash('sha256')
        .update(script ?? '')
        .digest('base64')}'`,
  )
  return [
    "default-src 'self'",
    `script-src 'self' ${hashes.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
