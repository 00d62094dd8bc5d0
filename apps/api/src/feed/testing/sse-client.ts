import type { CloudEvent } from '../cloud-event.ts'

export type Received = { readonly event: string; readonly data: CloudEvent }

/** Server-sent events over HTTP, read as the HTML Standard §9.2.6 says, by a parser that shares nothing with the hub. */
export type SseClient = AsyncDisposable & {
  /** The next event; null when the server ended the stream or cut it. */
  next(): Promise<Received | null>
  /** Waits for the next block of any kind and answers the place that the client would resume from. */
  readonly lastEventId: () => string
  readonly response: Response
}

export const openSse = async (
  url: string,
  options: { readonly token?: string; readonly lastEventId?: string } = {},
): Promise<SseClient> => {
  const controller = new AbortController()
  const response = await fetch(url, {
    headers: {
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...(options.lastEventId === undefined ? {} : { 'last-event-id': options.lastEventId }),
    },
    signal: controller.signal,
  })
  let lastEventId = options.lastEventId ?? ''
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''

  const nextBlock = async (): Promise<string | null> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        return block
      }
      const chunk = await reader?.read().catch(() => null)
      if (!chunk || chunk.done) return null
      text += chunk.value
    }
  }
  return {
    response,
    lastEventId: () => lastEventId,
    next: async () => {
      for (;;) {
        const block = await nextBlock()
        if (block === null) return null
        let event = 'message'
        let data = ''
        for (const line of block.split('\n')) {
          const [field = '', value = ''] = line.split(/: ?(.*)/s)
          if (field === 'id') lastEventId = value
          if (field === 'event') event = value
          if (field === 'data') data += value
        }
        if (data !== '') return { event, data: JSON.parse(data) }
      }
    },
    [Symbol.asyncDispose]: async () => {
      controller.abort()
    },
  }
}
