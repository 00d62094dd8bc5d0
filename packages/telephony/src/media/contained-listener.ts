import type { MediaLegListener } from './media.ts'

/** The same listener, whose failures end with `onError` and not in the audio path. */
export const containedListener = (
  listener: MediaLegListener,
  onError: (error: unknown) => void,
): Required<MediaLegListener> => {
  const contain = (call: () => void): void => {
    try {
      call()
    } catch (error) {
      onError(error)
    }
  }
  return {
    onDigit: (digit) => contain(() => listener.onDigit?.(digit)),
    onGreetingFinished: () => contain(() => listener.onGreetingFinished?.()),
    onReady: () => contain(() => listener.onReady?.()),
    onStalled: () => contain(() => listener.onStalled?.()),
    onFlowing: () => contain(() => listener.onFlowing?.()),
    onLost: (why) => contain(() => listener.onLost?.(why)),
  }
}
