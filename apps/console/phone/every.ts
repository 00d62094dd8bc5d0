/**
 * Calls `onTick` every so many ms, also in a page that nobody looks at: the timers of a hidden page are held back to one a
 * minute (Chromium's intensive throttling), those of a worker are not. Without workers the page's own timer has to do.
 * Returns the function that ends it.
 */
export function every(milliseconds: number, onTick: () => void): () => void {
  let ended = false
  let timer: ReturnType<typeof setInterval> | undefined
  const keepTimeHere = () => {
    if (!ended) timer ??= setInterval(onTick, milliseconds)
  }
  const worker = startWorker(milliseconds)
  if (worker === null) {
    keepTimeHere()
  } else {
    worker.onmessage = onTick
    worker.onerror = keepTimeHere
  }
  return () => {
    ended = true
    clearInterval(timer)
    worker?.terminate()
  }
}

function startWorker(milliseconds: number): Worker | null {
  if (typeof Worker === 'undefined') return null
  try {
    const worker = new Worker('/ticks.js')
    worker.postMessage(milliseconds)
    return worker
  } catch {
    return null
  }
}
