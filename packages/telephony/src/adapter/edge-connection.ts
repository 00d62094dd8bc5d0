import { connect, type Socket } from 'node:net'
import { createLineCutter, frameLine } from '../edge-contract/frame-lines.ts'
import { EDGE_CONTRACT_VERSION, type EdgeToHub, edgeToHub, type HubToEdge } from '../edge-contract/frames.ts'

export type Hello = Extract<EdgeToHub, { frame: 'hello' }>

export type EdgeConnectionListener = {
  onFrame(frame: Exclude<EdgeToHub, { frame: 'hello' }>): void
  /** Once, also when `close` was called. */
  onClosed(why: string): void
}

export type EdgeConnection = {
  readonly hello: Hello
  send(frame: HubToEdge): void
  close(): void
}

export type ConnectFailure = {
  /** `nobody`: no edge listens there; `version`: it speaks another contract; `stuck`: it does not answer. */
  readonly failed: 'nobody' | 'version' | 'stuck' | 'protocol'
  readonly detail: string
}

const HELLO_MILLISECONDS = 5_000
/** Counters come every 5 s: an edge that says nothing for so long does not live any more. */
const SILENT_MILLISECONDS = 20_000

/** Connects to the edge's socket and waits for its hello. Frames that follow it are held back until `start`. */
export const connectToEdge = (
  path: string,
): Promise<
  { readonly hello: Hello; start(listener: EdgeConnectionListener): EdgeConnection } | ConnectFailure
> =>
  new Promise((resolve) => {
    const socket: Socket = connect(path)
    const cut = createLineCutter()
    const waiting: Exclude<EdgeToHub, { frame: 'hello' }>[] = []
    let hello: Hello | null = null
    let listener: EdgeConnectionListener | null = null
    let closed: string | null = null

    const close = (why: string, failed: ConnectFailure['failed'] = 'protocol'): void => {
      if (closed !== null) return
      closed = why
      socket.destroy()
      resolve({ failed, detail: why })
      listener?.onClosed(why)
    }
    const greet = (frame: Hello): void => {
      if (frame.contractVersion !== EDGE_CONTRACT_VERSION) {
        close(`the edge speaks contract ${frame.contractVersion}, not ${EDGE_CONTRACT_VERSION}`, 'version')
        return
      }
      hello = frame
      socket.write(frameLine({ frame: 'hello', contractVersion: EDGE_CONTRACT_VERSION } satisfies HubToEdge))
      socket.setTimeout(SILENT_MILLISECONDS)
      resolve({ hello: frame, start })
    }
    const take = (line: string): void => {
      const frame = parse(line)
      if (frame === null) close('the edge sent a frame that is not of this contract')
      else if (frame.frame === 'hello') greet(frame)
      else if (hello === null) close('the edge did not begin with hello')
      else if (listener === null) waiting.push(frame)
      else listener.onFrame(frame)
    }
    const start = (given: EdgeConnectionListener): EdgeConnection => {
      listener = given
      if (hello === null) throw new Error('started before hello')
      const connection: EdgeConnection = {
        hello,
        send: (frame) => {
          if (closed === null) socket.write(frameLine(frame))
        },
        close: () => close('closed'),
      }
      for (const frame of waiting.splice(0)) given.onFrame(frame)
      if (closed !== null) given.onClosed(closed)
      return connection
    }

    socket.setTimeout(HELLO_MILLISECONDS)
    socket.on('timeout', () => close('the edge says nothing', 'stuck'))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const nobody = error.code === 'ENOENT' || error.code === 'ECONNREFUSED'
      close(error.message, nobody ? 'nobody' : 'protocol')
    })
    socket.on('close', () => close('the edge closed the connection'))
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const line of cut(chunk)) {
          if (closed === null) take(line)
        }
      } catch (error) {
        close(error instanceof Error ? error.message : 'unreadable frame')
      }
    })
  })

const parse = (line: string): EdgeToHub | null => {
  try {
    return edgeToHub.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}
