/** Why there is no microphone: the page is no secure one, not allowed, none plugged in, or another programme holds it. */
export type MicrophoneTrouble = 'insecure' | 'denied' | 'missing' | 'busy'

export type Microphone =
  | { readonly status: 'granted'; readonly track: MediaStreamTrack }
  | { readonly status: 'trouble'; readonly why: MicrophoneTrouble }

/** `clean` takes out echo and noise; `raw` leaves the sound as it is, for headsets that do it themselves. */
export type SoundChoice = 'clean' | 'raw'
export const SOUND_KEY = 'centralino.sound'

export function soundChoice(storage: Pick<Storage, 'getItem'>): SoundChoice {
  return storage.getItem(SOUND_KEY) === 'raw' ? 'raw' : 'clean'
}

/** Asks the browser for the microphone, one channel. */
export async function askMicrophone(
  media: Pick<MediaDevices, 'getUserMedia'> | undefined,
  sound: SoundChoice,
): Promise<Microphone> {
  // A page that is neither https nor localhost has no media devices at all (W3C Media Capture and Streams, §9.1).
  if (media === undefined) return { status: 'trouble', why: 'insecure' }
  const clean = sound === 'clean'
  try {
    const stream = await media.getUserMedia({
      audio: { channelCount: 1, echoCancellation: clean, noiseSuppression: clean, autoGainControl: clean },
    })
    const track = stream.getAudioTracks()[0]
    return track ? { status: 'granted', track } : { status: 'trouble', why: 'missing' }
  } catch (error) {
    return { status: 'trouble', why: troubleOf(error) }
  }
}

/** DOMException names of W3C Media Capture and Streams, §10.2. */
export function troubleOf(error: unknown): MicrophoneTrouble {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    default:
      return 'busy'
  }
}
