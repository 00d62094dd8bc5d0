import type { Clock } from '../../clock/clock.ts'
import type { Endpoint } from '../../endpoint.ts'
import type { SipTransport, TransportListener } from '../transport/sip-transport.ts'

/** What happens to one datagram: lost, or delivered once or several times, each after so many milliseconds. */
export type Fate = readonly number[]

/** Transports that reach each other on the same clock; `fate` decides over each datagram, in the order of sending. */
export const createFakeNetwork = (clock: Clock, fate: (datagram: number) => Fate) => {
  const listeners = new Map<string, { readonly endpoint: Endpoint; readonly listener: TransportListener }>()
  let datagrams = 0
  const name = (endpoint: Endpoint): string => `${endpoint.address}:${endpoint.port}`

  const attach = (local: Endpoint): SipTransport => ({
    protocol: 'UDP',
    reliable: false,
    local,
    listen: (listener) => listeners.set(name(local), { endpoint: local, listener }),
    send: (bytes, to) => {
      for (const milliseconds of fate(datagrams++)) {
        clock.setTimer(milliseconds, () => listeners.get(name(to))?.listener.onMessage(bytes, local))
      }
    },
    [Symbol.asyncDispose]: async () => {
      listeners.delete(name(local))
    },
  })
  return { attach, datagrams: () => datagrams }
}
