export const mediaCounterNames = [
  'rtp.received',
  'rtp.sent',
  'rtp.sendFailed',
  'rtp.malformed',
  'rtp.wrongSource',
  'rtp.dropped',
  'rtp.rtcpIgnored',
  'rtp.digits',
  'rtp.noPortFree',
  'media.workerDied',
  'media.listenerFailed',
  'media.socketError',
] as const
export type MediaCounterName = (typeof mediaCounterNames)[number]

export type MediaCounters = {
  count(name: MediaCounterName): void
  snapshot(): Readonly<Record<MediaCounterName, number>>
}

export const createMediaCounters = (): MediaCounters => {
  const counts = Object.fromEntries(mediaCounterNames.map((name) => [name, 0])) as Record<
    MediaCounterName,
    number
  >
  return {
    count: (name) => {
      counts[name] += 1
    },
    snapshot: () => ({ ...counts }),
  }
}
