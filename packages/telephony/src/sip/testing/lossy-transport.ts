import type { SipTransport } from '../transport/sip-transport.ts'

export type LossyTransport = {
  readonly transport: SipTransport
  /** Share of datagrams lost from now on, each way. 0 at first. */
  lose(percent: number): void
}

/**
 * A network that loses datagrams, the same ones in every run for the same order of sending. Not SIPp's `-lost`: a call whose
 * two answers SIPp has "lost" is aborted by it at the next INVITE, although that is a retransmission (§17.1.1.2).
 */
export const lossyTransport = (transport: SipTransport): LossyTransport => {
  let percent = 0
  let seed = 1
  const isLost = (): boolean => {
    // The generator of Park and Miller.
    seed = (seed * 48_271) % 2_147_483_647
    return seed % 100 < percent
  }
  return {
    lose: (share) => {
      percent = share
    },
    transport: {
      protocol: transport.protocol,
      reliable: transport.reliable,
      local: transport.local,
      listen: (listener) =>
        transport.listen({
          onMessage: (bytes, from) => {
            if (!isLost()) listener.onMessage(bytes, from)
          },
          onError: (error) => listener.onError(error),
        }),
      send: (bytes, to, onFailure) => {
        if (!isLost()) transport.send(bytes, to, onFailure)
      },
      [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
    },
  }
}
