import { type Counters, createCounters } from '../counters.ts'
export const mediaCounterNames = [
  'rtp.received',
  'rtp.sent',
  'rtp.sendFailed',
  'rtp.malformed',
  'rtp.wrongSource',
  'rtp.dropped',
  'rtp.digits',
  'rtp.noPortFree',
  'rtcp.reports',
  'rtcp.ignored',
  'media.workerDied',
  'media.listenerFailed',
  'media.socketError',
] as const
export type MediaCounterName = (typeof mediaCounterNames)[number]

export type MediaCounters = Counters<MediaCounterName>

/** All at zero. */
export const createMediaCounters = (): MediaCounters => createCounters(mediaCounterNames)
