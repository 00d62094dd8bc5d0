import type { G711 } from './g711.ts'

/** One packet's worth of what a leg said, on its way to whoever hears it. */
export type AudioFrame = {
  readonly law: G711
  readonly payload: Uint8Array
  /** Changes when the source started anew (other SSRC, other numbering); sequence and timestamp hold within one spurt. */
  readonly spurt: number
  /** Not wrapped; telephone events that were taken out leave no gap, lost packets do. */
  readonly sequence: number
  /** 32 bits, the source's. */
  readonly timestamp: number
}

/** 20 ms at 8,000 samples a second, one octet each (RFC 3551 §4.2: the default packet). */
export const FRAME_SAMPLES = 160
export const FRAME_MILLISECONDS = 20
export const SAMPLES_PER_MILLISECOND = 8
