import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { Endpoint } from '../../endpoint.ts'
import type { SipCounters } from '../counters.ts'
import type { SipTransport, TransportListener } from './sip-transport.ts'

export type UdpTransportOptions = {
  /** Numeric address to bind. */
  readonly address: string
  /** 0: any free port. */
  readonly port: number
  readonly counters?: SipCounters
  /** Datagrams handed to the system and not yet sent; one more is dropped, as a full network would. Default 4096. */
  readonly maximumInFlight?: number
  /** SO_RCVBUF in bytes: what the system keeps while this process is busy. Default 1 MiB, as far as it allows. */
  readonly receiveBufferBytes?: number
}

/** SIP over UDP (§18). Resolves when bound; rejects with the system's error (EADDRINUSE, EACCES …) when it cannot. */
export const createUdpTransport = async (options: UdpTransportOptions): Promise<SipTransport> => {
  const { address, port, counters, maximumInFlight = 4096 } = options
  const socket = createSocket({
    type: isIPv6(address) ? 'udp6' : 'udp4',
    recvBufferSize: options.receiveBufferBytes ?? 1_048_576,
  })
  await bound(socket, address, port)
  const local = socket.address()
  let listener: TransportListener | null = null
  let inFlight = 0
  let open = true

  socket.on('message', (bytes, from) => {
    counters?.count('sip.received')
    listener?.onMessage(bytes, { address: from.address, port: from.port })
  })
  socket.on('error', (error) => listener?.onError(error))

  return {
    protocol: 'UDP',
    reliable: false,
    local: { address: local.address, port: local.port },
    listen: (next) => {
      listener = next
    },
    send: (bytes, to: Endpoint, onFailure) => {
      if (!open || inFlight >= maximumInFlight || to.port < 1) {
        counters?.count('sip.sendDropped')
        return
      }
      inFlight += 1
      counters?.count('sip.sent')
      socket.send(bytes, to.port, to.address, (error) => {
        inFlight -= 1
        if (error === null || !open) return
        counters?.count('sip.sendFailed')
        onFailure?.(error)
      })
    },
    [Symbol.asyncDispose]: async () => {
      if (!open) return
      open = false
      listener = null
      await new Promise<void>((resolve) => socket.close(() => resolve()))
    },
  }
}

const bound = (socket: Socket, address: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const refuse = (error: Error): void => {
      socket.close()
      reject(error)
    }
    socket.once('error', refuse)
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', refuse)
      resolve()
    })
  })
