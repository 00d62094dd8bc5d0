import { parse, type SessionDescription } from 'sdp-transform'
import type { SdpRefusal } from './audio.ts'

const MAXIMUM_LENGTH = 16_384
const MAXIMUM_LINES = 400
const MAXIMUM_STREAMS = 16
const MAXIMUM_LINE = 1024

const MEDIA_LINE = /^m=[A-Za-z0-9\-_]+ (\d{1,5})(?:\/\d{1,3})? [A-Za-z0-9/\-_]+( [^\s]+)+$/
const ORIGIN_LINE = /^o=\S+ \d{1,20} \d{1,20} \S+ \S+ \S+$/
const CONNECTION_LINE = /^c=IN IP[46] [^\s]+$/
/** What sdp-transform is given to read: the lines that we use, so that no other grammar of it meets a stranger's text. */
const READ_LINE = /^(?:[vostcm]=|a=(?:rtpmap:|ptime:|rtcp:|sendrecv$|sendonly$|recvonly$|inactive$))/

/**
 * Checks what sdp-transform takes on trust (it never refuses), then lets it read. Lines may end with LF alone, as
 * RFC 8866 §5 asks parsers to take.
 */
export const parseSdp = (text: string): SessionDescription | SdpRefusal => {
  if (text.length > MAXIMUM_LENGTH) return malformed('too long')
  const lines = withoutTrailingBlankLines(text.split(/\r?\n/))
  if (lines.length > MAXIMUM_LINES) return malformed('too many lines')
  if (lines[0] !== 'v=0') return malformed('no v=0 line at the start')
  let streams = 0
  let origin = false
  for (const line of lines) {
    if (!/^[a-z]=[^\0\r]*$/.test(line)) return malformed('a line that is no type=value')
    if (line.length > MAXIMUM_LINE && READ_LINE.test(line)) return malformed('a line too long')
    if (line.startsWith('m=')) {
      streams += 1
      const port = MEDIA_LINE.exec(line)?.[1]
      if (port === undefined || Number(port) > 65_535) return malformed('an m= line')
    } else if (line.startsWith('o=')) {
      if (origin || streams > 0 || !ORIGIN_LINE.test(line)) return malformed('an o= line')
      origin = true
    } else if (line.startsWith('c=') && !CONNECTION_LINE.test(line)) return malformed('a c= line')
  }
  if (!origin) return malformed('no o= line')
  if (streams > MAXIMUM_STREAMS) return malformed('too many m= lines')
  try {
    const description = parse(`${lines.filter((line) => READ_LINE.test(line)).join('\r\n')}\r\n`)
    return description.media.length === streams ? description : malformed('m= lines that were not understood')
  } catch {
    return malformed('not understood')
  }
}

const withoutTrailingBlankLines = (lines: readonly string[]): readonly string[] => {
  let end = lines.length
  while (end > 0 && lines[end - 1] === '') end -= 1
  return lines.slice(0, end)
}

const malformed = (detail: string): SdpRefusal => ({ refused: 'MALFORMED_SDP', detail })
