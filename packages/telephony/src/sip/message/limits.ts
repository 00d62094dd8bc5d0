/** What the parser takes from a stranger. Beyond these it refuses rather than works. */
export type MessageLimits = {
  /** Bytes of a whole message. A UDP request beyond is answered 513 (§21.5.7). Default 16 384. */
  readonly messageBytes: number
  /** Header lines after unfolding. Default 200. */
  readonly headers: number
  /** Characters of the start line, and of one header after unfolding. Default 4096. */
  readonly headerLength: number
  /** Via values; a longer way than Max-Forwards' usual 70 is a loop. Default 70. */
  readonly vias: number
}

export const defaultMessageLimits: MessageLimits = {
  messageBytes: 16_384,
  headers: 200,
  headerLength: 4096,
  vias: 70,
}
