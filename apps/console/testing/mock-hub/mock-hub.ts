import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type ExecutionResult, execute, type GraphQLSchema, parse } from 'graphql'
import { makeWorld, type Scenario, type World } from './scenarios.ts'
import { type Role, readSchema, rootOf } from './schema.ts'
import { serveFile } from './static-files.ts'
import { acceptVoiceSocket } from './web-socket.ts'

export type MockHub = AsyncDisposable & {
  readonly origin: string
  /** Another moment: every open desk is told at once. */
  show(scenario: Scenario, role?: Role): void
  /** Ends every live stream, as a restarted hub would. */
  dropStreams(): void
}

/**
 * A hub of cardboard, to look at the console without one: the export, a GraphQL answer from fixed data, live streams that
 * say where things stand, and a line that never rings. Loopback only. `port` 0 takes a free one.
 */
export async function startMockHub(scenario: Scenario, port = 0): Promise<MockHub> {
  const schema = readSchema()
  const streams = new Map<ServerResponse, Asked>()
  let world = makeWorld(scenario, Date.now())
  let role: Role = 'AGENT'

  const answer = (asked: Asked) => run(schema, world, role, asked)
  const send = (response: ServerResponse, asked: Asked) =>
    void answer(asked).then((result) => response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`))

  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (path === '/graphql') {
      void readBody(request).then(async (body) => {
        const asked = JSON.parse(body) as Asked
        if (!asked.query.trimStart().startsWith('subscription')) {
          response.writeHead(200, { 'content-type': 'application/json' })
          response.end(JSON.stringify(await answer(asked)))
          return
        }
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(':\n\n')
        if (asked.query.includes('timeline(')) return
        streams.set(response, asked)
        response.on('close', () => streams.delete(response))
        send(response, asked)
      })
    } else if (path.startsWith('/auth/')) {
      response.writeHead(204).end()
    } else {
      void serveFile(decodeURIComponent(path), response)
    }
  })
  const lines = new Set<Duplex>()
  server.on('upgrade', (request, stream) => {
    lines.add(stream)
    stream.on('close', () => lines.delete(stream))
    acceptVoiceSocket(request, stream)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    origin,
    show(next, as = 'AGENT') {
      world = makeWorld(next, Date.now())
      role = as
      for (const [response, asked] of streams) send(response, asked)
    },
    dropStreams() {
      for (const response of streams.keys()) response.destroy()
    },
    [Symbol.asyncDispose]: async () => {
      for (const line of lines) line.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Asked = { readonly query: string; readonly variables?: Record<string, unknown> }

/** A subscription is answered as the query of the same fields: the world stands still. */
async function run(schema: GraphQLSchema, world: World, role: Role, asked: Asked): Promise<ExecutionResult> {
  const root = rootOf(world, role)
  const document = parse(asked.query.replace(/^\s*subscription/, 'query'))
  return execute({ schema, document, rootValue: root, variableValues: asked.variables ?? {} })
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}
