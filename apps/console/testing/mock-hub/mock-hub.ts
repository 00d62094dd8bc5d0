import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type ExecutionResult, execute, type GraphQLSchema, parse } from 'graphql'
import { makeWorld, type Scenario, type World } from './scenarios.ts'
import { type Role, readSchema, rootOf } from './schema.ts'
import { answerAuth } from './signing-in.ts'
import { serveFile } from './static-files.ts'
import { acceptVoiceSocket, endVoiceSocket } from './web-socket.ts'

export type MockHub = AsyncDisposable & {
  readonly origin: string
  /** Another moment: every open desk is told at once. `role` null: nobody is signed in yet. */
  show(scenario: Scenario, role?: Role | null): void
  /** The fixed world as it stands, with what was ordered since. */
  world(): World
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
  const timelines = new Map<ServerResponse, Asked>()
  let world = makeWorld(scenario, Date.now())
  let role: Role | null = 'AGENT'

  const answer = (asked: Asked) => run(schema, world, role, asked)
  const write = (response: ServerResponse, result: ExecutionResult) =>
    response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`)
  const send = (response: ServerResponse, asked: Asked) =>
    void answer(asked).then((result) => write(response, result))
  /** After a command: what stands on desks and boards now, and what is new on timelines. */
  const tellAll = () => {
    for (const [response, asked] of streams) send(response, asked)
    for (const { customerId, entry } of world.news.splice(0)) {
      for (const [response, asked] of timelines) {
        if (asked.variables?.['customerId'] !== customerId) continue
        void runWith(schema, { timeline: () => entry }, asked).then((result) => write(response, result))
      }
    }
  }

  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (path === '/graphql') {
      void readBody(request).then(async (body) => {
        const asked = JSON.parse(body) as Asked
        if (!asked.query.trimStart().startsWith('subscription')) {
          response.writeHead(200, { 'content-type': 'application/json' })
          response.end(JSON.stringify(await answer(asked)))
          if (asked.query.trimStart().startsWith('mutation')) tellAll()
          return
        }
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(':\n\n')
        const isTimeline = asked.query.includes('timeline(')
        const open = isTimeline ? timelines : streams
        open.set(response, asked)
        response.on('close', () => open.delete(response))
        if (!isTimeline) send(response, asked)
      })
    } else if (path.startsWith('/auth/')) {
      void readBody(request).then((body) => {
        if (!answerAuth(path, JSON.parse(body), response)) return
        role ??= 'AGENT'
        // The session that opened them has ended with the old password.
        if (path === '/auth/change-password') for (const line of lines) endVoiceSocket(line)
      })
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
    world: () => world,
    dropStreams() {
      for (const response of [...streams.keys(), ...timelines.keys()]) response.destroy()
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
const run = (schema: GraphQLSchema, world: World, role: Role | null, asked: Asked) =>
  runWith(schema, rootOf(world, role), {
    ...asked,
    query: asked.query.replace(/^\s*subscription/, 'query'),
  })

async function runWith(schema: GraphQLSchema, rootValue: object, asked: Asked): Promise<ExecutionResult> {
  const document = parse(asked.query)
  return execute({ schema, document, rootValue, variableValues: asked.variables ?? {} })
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}
