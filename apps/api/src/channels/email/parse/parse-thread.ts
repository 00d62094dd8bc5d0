import { parentPort } from 'node:worker_threads'
import { takeApart } from './take-apart.ts'

/** The thread that takes mails apart, so that a large or hostile one never blocks the hub. */
parentPort?.on('message', (request: { readonly raw: Uint8Array; readonly totalBytes: number }) => {
  void takeApart(request.raw, request.totalBytes).then((mail) => parentPort?.postMessage(mail))
})
