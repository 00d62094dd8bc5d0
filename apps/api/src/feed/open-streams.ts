/** How many streams may be open: of one client, and of all. */
export const STREAM_LIMITS = { ofOneClient: 8, ofAll: 100 } as const

export type OpenStream = Disposable & { readonly signal: AbortSignal }

/** The feed's streams that are open now, bounded, each ended by its client's id. */
export type OpenStreams = {
  open(clientId: string): OpenStream | 'TOO_MANY_STREAMS' | 'TOO_BUSY'
  /** Clients with a stream open. */
  clientIds(): readonly string[]
  endOf(clientId: string): void
  endAll(): void
}

export const createOpenStreams = (
  limits: typeof STREAM_LIMITS | Record<keyof typeof STREAM_LIMITS, number> = STREAM_LIMITS,
): OpenStreams => {
  const open = new Map<AbortController, string>()
  const end = (isMeant: (clientId: string) => boolean): void => {
    for (const [controller, clientId] of open) if (isMeant(clientId)) controller.abort()
  }
  return {
    open(clientId) {
      if (open.size >= limits.ofAll) return 'TOO_BUSY'
      const ofClient = open.values().filter((other) => other === clientId)
      if (ofClient.toArray().length >= limits.ofOneClient) return 'TOO_MANY_STREAMS'
      const controller = new AbortController()
      open.set(controller, clientId)
      return { signal: controller.signal, [Symbol.dispose]: () => void open.delete(controller) }
    },
    clientIds: () => [...new Set(open.values())],
    endOf: (clientId) => end((other) => other === clientId),
    endAll: () => end(() => true),
  }
}
