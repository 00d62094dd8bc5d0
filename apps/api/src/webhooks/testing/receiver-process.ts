import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Received, ReceiverAnswer, ReceiverOrder, ReceiverReport } from './receiver.ts'

/** Runs as a process of its own: takes webhooks as another system would, and reports each to its parent. */
let answer: ReceiverAnswer = { status: 204 }
let port = 0

const report = (message: ReceiverReport): void => void process.send?.(message)

const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString('utf8')
  const { method = '', url = '', headers } = request
  const given = answer
  report({ received: { method, path: url, headers, body, answered: given } satisfies Received })
  if (given === 'hang') return
  response.writeHead(given.status, given.headers)
  response.end('what the receiver says')
}
const server = createServer((request, response) => {
  handle(request, response).catch(() => response.destroy())
})

const listen = (): void => {
  server.listen(port, '127.0.0.1', () => {
    port = (server.address() as AddressInfo).port
    report({ done: port })
  })
}
process.on('message', (order: ReceiverOrder) => {
  if (order === 'refuse') {
    server.closeAllConnections()
    server.close(() => report({ done: port }))
  } else if (order === 'listen') listen()
  else {
    answer = order
    report({ done: port })
  }
})
process.on('disconnect', () => process.exit(0))
listen()
