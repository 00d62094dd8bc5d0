import { parentPort } from 'node:worker_threads'
import { sanitiseMail } from './sanitise.ts'

const port = parentPort
if (port === null) throw new Error('runs as a worker only')

port.on('message', ({ id, html }: { id: number; html: string }) => {
  try {
    port.postMessage({ id, ok: true, mail: sanitiseMail(html) })
  } catch {
    port.postMessage({ id, ok: false })
  }
})
