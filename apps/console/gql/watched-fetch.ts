/** What a live stream tells about itself. `closed` comes exactly once, whatever ended it. */
export type StreamWatch = {
  readonly opened: () => void
  readonly closed: () => void
  /** No byte for so long, ms: the connection is dead though nobody said so. The hub pings every 12 s. */
  readonly silenceMs: number
}

/**
 * A `fetch` for one subscription: tells when its stream opens and ends, and ends one that has gone silent, which a
 * sleeping laptop or a pulled cable leaves behind without an error.
 */
export function watchedFetch(watch: StreamWatch, base: typeof fetch = fetch): typeof fetch {
  return async (input, init) => {
    const ending = new AbortController()
    const signal = init?.signal ? AbortSignal.any([init.signal, ending.signal]) : ending.signal
    let over = false
    let silence: ReturnType<typeof setTimeout> | undefined
    const close = () => {
      if (over) return
      over = true
      clearTimeout(silence)
      watch.closed()
    }
    const heard = () => {
      clearTimeout(silence)
      silence = setTimeout(() => ending.abort(), watch.silenceMs)
    }
    signal.addEventListener('abort', close, { once: true })
    try {
      heard()
      const response = await base(input, { ...init, signal })
      if (!response.ok || response.body === null) {
        close()
        return response
      }
      watch.opened()
      const body = follow(response.body.getReader(), heard, close)
      return new Response(body, { status: response.status, headers: response.headers })
    } catch (error) {
      close()
      throw error
    }
  }
}

function follow(reader: ReadableStreamDefaultReader<Uint8Array>, heard: () => void, close: () => void) {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (done) {
          controller.close()
          close()
          return
        }
        heard()
        controller.enqueue(value)
      } catch (error) {
        controller.error(error)
        close()
      }
    },
    async cancel(reason) {
      close()
      await reader.cancel(reason)
    },
  })
}
