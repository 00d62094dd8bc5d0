import type { Header } from './headers.ts'
import type { NameAddr } from './name-addr.ts'
import type { Uri } from './uri.ts'
import type { Via } from './via.ts'

export type CSeq = { readonly number: number; readonly method: string }

type AnyMessage = {
  /** Top first; at least one once it is on the wire. Not repeated in `headers`. */
  readonly vias: readonly Via[]
  readonly from: NameAddr
  readonly to: NameAddr
  readonly callId: string
  readonly cseq: CSeq
  /** Everything but Via and Content-Length, in order, From, To, Call-ID and CSeq as they were written. */
  readonly headers: readonly Header[]
  readonly body: Uint8Array
}

export type SipRequest = AnyMessage & {
  readonly kind: 'request'
  /** Case matters (§7.1). */
  readonly method: string
  readonly requestUri: Uri
}

export type SipResponse = AnyMessage & {
  readonly kind: 'response'
  /** 100 to 699. */
  readonly status: number
  readonly reason: string
}

export type SipMessage = SipRequest | SipResponse

export const emptyBody: Uint8Array = new Uint8Array(0)

/** The body as text when its type is application/sdp, else null. */
export const sdpOf = (message: SipMessage): string | null => {
  if (message.body.length === 0) return null
  for (const h of message.headers) {
    if (h.key === 'content-type') {
      const type = h.value.split(';')[0]?.trim().toLowerCase()
      return type === 'application/sdp' ? Buffer.from(message.body).toString('utf8') : null
    }
  }
  return null
}
