import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'

export type PortRange = { readonly min: number; readonly max: number }

/** RFC 3550 §11: RTP on even ports; the odd neighbour is RTCP's, so one call's RTCP never meets another call's RTP. */
const evenPorts = ({ min, max }: PortRange): number[] => {
  const ports: number[] = []
  for (let port = min + (min % 2); port + 1 <= max; port += 2) ports.push(port)
  return ports
}

const bind = (address: string, port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const family = isIPv6(address) ? 6 : 4
    const socket = createSocket({
      type: family === 6 ? 'udp6' : 'udp4',
      // Every address here is numeric: nothing must wait for a resolver.
      lookup: (host, _options, done) => done(null, host, family),
    })
    socket.once('error', (error) => {
      socket.close()
      reject(error)
    })
    socket.bind({ address, port, exclusive: true }, () => {
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })

/**
 * The bounded range of RTP ports. Goes round, so that a port rests as long as possible before it is used again: a
 * finished call's late packets must not reach the next one. Ports that another program holds are passed over.
 */
export class RtpPortRange {
  readonly #address: string
  readonly #ports: number[]
  readonly #inUse = new Set<number>()
  #next: number

  constructor(address: string, range: PortRange, random: () => number = Math.random) {
    this.#address = address
    this.#ports = evenPorts(range)
    this.#next = Math.floor(random() * this.#ports.length)
  }

  get inUse(): number {
    return this.#inUse.size
  }

  /** A bound socket, or null when no port of the range is free. Closing it gives the port back. */
  open(): Promise<Socket | null> {
    return this.#open((port) => bind(this.#address, port))
  }

  /** The same with the odd neighbour bound for RTCP; the caller closes both. */
  async openPair(): Promise<{ readonly rtp: Socket; readonly rtcp: Socket } | null> {
    let rtcp: Socket | null = null
    const rtp = await this.#open(async (port) => {
      const neighbour = await bind(this.#address, port + 1)
      try {
        const socket = await bind(this.#address, port)
        rtcp = neighbour
        return socket
      } catch (error) {
        neighbour.close()
        throw error
      }
    })
    return rtp === null || rtcp === null ? null : { rtp, rtcp }
  }

  async #open(bindAt: (port: number) => Promise<Socket>): Promise<Socket | null> {
    for (let tries = 0; tries < this.#ports.length; tries++) {
      const port = this.#ports[this.#next] ?? 0
      this.#next = (this.#next + 1) % this.#ports.length
      if (this.#inUse.has(port)) continue
      this.#inUse.add(port)
      try {
        const socket = await bindAt(port)
        socket.once('close', () => this.#inUse.delete(port))
        return socket
      } catch (error) {
        this.#inUse.delete(port)
        if (!isPortTaken(error)) throw error
      }
    }
    return null
  }
}

const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
