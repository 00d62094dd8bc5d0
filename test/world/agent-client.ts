import { WebSocket } from 'ws'
import { eventually } from './eventually.ts'
import { type Session, signIn } from './graphql.ts'
import type { HubProcess } from './hub-process.ts'

/** An agent without a browser: signed in over HTTP, on the line over a WebSocket, working through GraphQL. */
export type AgentClient = AsyncDisposable & {
  readonly ask: Session['ask']
  /** A mutation that must be done; throws the code of a refusal. */
  run(mutation: string, variables?: Readonly<Record<string, unknown>>): Promise<void>
  /** With a line, and ready for the next contact. */
  beReady(): Promise<void>
  /** Takes the next contact that is offered; resolves to its interaction's id. */
  take(): Promise<string>
  /** A file of the hub. */
  download(path: string): Promise<Buffer>
}

const PING_EVERY_MS = 4_000
/** A hub that was just killed and started again, on a busy machine. */
const OFFERED_WITHIN_MS = 60_000

export const agentClient = async (
  hub: Pick<HubProcess, 'url'>,
  email = 'sofia@linfa.example',
): Promise<AgentClient> => {
  const { ask, cookie } = await signIn(hub.url, email)
  const headers = { cookie, origin: hub.url }
  let line: WebSocket | null = null
  let ping: ReturnType<typeof setInterval> | undefined

  const openLine = async (): Promise<void> => {
    line?.terminate()
    clearInterval(ping)
    const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/voice`, { headers })
    line = socket
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve())
      socket.once('error', reject)
    })
    socket.on('error', () => {})
    let id = 0
    ping = setInterval(() => {
      id += 1
      if (socket.readyState === WebSocket.OPEN)
        socket.send(JSON.stringify({ id, method: 'ping', params: {} }))
    }, PING_EVERY_MS)
  }

  const run: AgentClient['run'] = async (mutation, variables) => {
    const data = await ask<Record<string, { readonly code?: string }>>(mutation, variables)
    for (const { code } of Object.values(data)) if (code !== undefined) throw new Error(code)
  }

  return {
    ask,
    run,
    beReady: async () => {
      await openLine()
      // Busy: the last contact's end has not reached the floor yet.
      await eventually(
        'the agent is ready',
        async () => {
          const data = await ask<{ becomeReady: { code?: string } }>(
            'mutation { becomeReady { ... on Refusal { code } } }',
          )
          return data.becomeReady.code
        },
        (code) => code === undefined,
      )
    },
    take: async () => {
      const { offer } = await eventually(
        'a contact is offered',
        async () =>
          (
            await ask<{ desk: { offer: { id: string; interaction: { id: string } } | null } }>(
              '{ desk { offer { id interaction { id } } } }',
            )
          ).desk,
        (desk) => desk.offer !== null,
        OFFERED_WITHIN_MS,
      )
      await run('mutation ($id: ID!) { acceptOffer(offerId: $id) { ... on Refusal { code } } }', {
        id: offer?.id,
      })
      const interactionId = offer?.interaction.id ?? ''
      await eventually(
        'the contact is in hand',
        async () =>
          (
            await ask<{ interaction: { status: string } }>(
              'query ($id: ID!) { interaction(id: $id) { status } }',
              { id: interactionId },
            )
          ).interaction.status,
        (status) => status === 'HANDLING',
        OFFERED_WITHIN_MS,
      )
      return interactionId
    },
    download: async (path) => {
      const response = await fetch(`${hub.url}${path}`, { headers: { cookie } })
      if (response.status !== 200) throw new Error(`${path} gave ${response.status}`)
      return Buffer.from(await response.arrayBuffer())
    },
    [Symbol.asyncDispose]: async () => {
      clearInterval(ping)
      line?.terminate()
    },
  }
}
