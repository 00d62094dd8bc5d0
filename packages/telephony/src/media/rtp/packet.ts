/** An RTP data packet (RFC 3550 §5.1) as it lies in the datagram; `payload` is a view, valid as long as the datagram. */
export type RtpPacket = {
  readonly payloadType: number
  readonly marker: boolean
  /** 16 bits. */
  readonly sequence: number
  /** 32 bits, in samples of the payload's clock. */
  readonly timestamp: number
  readonly ssrc: number
  readonly payload: Uint8Array
}

const HEADER_BYTES = 12
const VERSION_2 = 2

/**
 * RFC 5761 §4: with the marker bit, RTCP's packet types 192–223 stand where RTP has payload types 64–95, which RTP
 * does not use for that reason.
 */
export const isRtcp = (datagram: Uint8Array): boolean => {
  const second = datagram[1] ?? 0
  return datagram.length >= 8 && (datagram[0] ?? 0) >> 6 === VERSION_2 && second >= 192 && second <= 223
}

const SENDER_REPORT = 200
const RECEIVER_REPORT = 201

/** RFC 3550 §A.2: every RTCP datagram that stands for a participant begins with a report, unpadded. */
export const isReport = (datagram: Uint8Array): boolean =>
  isRtcp(datagram) &&
  ((datagram[0] ?? 0) & 0x20) === 0 &&
  (datagram[1] === SENDER_REPORT || datagram[1] === RECEIVER_REPORT)

/** Null when the bytes are no RTP packet: other version, cut short, or lengths that do not fit (RFC 3550 §A.1). */
export const parseRtp = (datagram: Buffer): RtpPacket | null => {
  if (datagram.length < HEADER_BYTES) return null
  const first = datagram.readUInt8(0)
  if (first >> 6 !== VERSION_2) return null
  const second = datagram.readUInt8(1)
  let start = HEADER_BYTES + 4 * (first & 0x0f)
  if ((first & 0x10) !== 0) {
    // §5.3.1: the extension's length counts 32-bit words after its own four bytes.
    if (datagram.length < start + 4) return null
    start += 4 + 4 * datagram.readUInt16BE(start + 2)
  }
  let end = datagram.length
  if ((first & 0x20) !== 0) {
    // §5.1: the last octet counts the padding, itself included.
    const padding = datagram.readUInt8(end - 1)
    if (padding === 0) return null
    end -= padding
  }
  if (start > end) return null
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: datagram.readUInt16BE(2),
    timestamp: datagram.readUInt32BE(4),
    ssrc: datagram.readUInt32BE(8),
    payload: datagram.subarray(start, end),
  }
}

/** The datagram of a packet without CSRCs, extension or padding. Sequence and timestamp are taken modulo their width. */
export const buildRtp = (packet: RtpPacket): Buffer => {
  const datagram = Buffer.allocUnsafe(HEADER_BYTES + packet.payload.length)
  datagram.writeUInt8(VERSION_2 << 6, 0)
  datagram.writeUInt8((packet.marker ? 0x80 : 0) | (packet.payloadType & 0x7f), 1)
  datagram.writeUInt16BE(packet.sequence & 0xffff, 2)
  datagram.writeUInt32BE(packet.timestamp >>> 0, 4)
  datagram.writeUInt32BE(packet.ssrc >>> 0, 8)
  datagram.set(packet.payload, HEADER_BYTES)
  return datagram
}
