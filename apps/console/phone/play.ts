/**
 * Plays a voice in an audio element; null stops it. A browser that wants a gesture first gets its chance at the next
 * click or key.
 */
export function play(audio: HTMLAudioElement, track: MediaStreamTrack | null): void {
  if (track === null) {
    audio.srcObject = null
    return
  }
  audio.srcObject = new MediaStream([track])
  audio.play().catch(() => {
    const again = () => {
      window.removeEventListener('pointerdown', again)
      window.removeEventListener('keydown', again)
      if (audio.srcObject !== null) audio.play().catch(() => {})
    }
    window.addEventListener('pointerdown', again)
    window.addEventListener('keydown', again)
  })
}
