import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/**
 * `npm start`: the hub. Compiled code is kept between starts, which takes a second off each; the threads and processes
 * that the hub starts inherit it.
 */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/centralino', import.meta.url))
enableCompileCache(CACHE)
Object.assign(process.env, { NODE_COMPILE_CACHE: CACHE })

const { runHub } = await import('./run-hub.ts')
await runHub()
