import { type Header, header, headerValue, headerValues } from './headers.ts'
import { emptyBody, type SipRequest, type SipResponse } from './message.ts'

/** The ACK of a final response of 300 or more (§17.1.1.3): the INVITE's own hop, To as the response has it. */
export const ackOfRefusal = (invite: SipRequest, response: SipResponse): SipRequest =>
  derive(invite, 'ACK', headerValue(response, 'to') ?? '', response.to, [])

/** The CANCEL of a pending INVITE (§9.1): same Request-URI, Call-ID, To, From, CSeq number and top Via. */
export const cancelOf = (invite: SipRequest, extra: readonly Header[] = []): SipRequest =>
  derive(invite, 'CANCEL', headerValue(invite, 'to') ?? '', invite.to, extra)

const derive = (
  invite: SipRequest,
  method: 'ACK' | 'CANCEL',
  toText: string,
  to: SipRequest['to'],
  extra: readonly Header[],
): SipRequest => ({
  kind: 'request',
  method,
  requestUri: invite.requestUri,
  // "The ACK MUST contain a single Via header field, … equal to the top Via of the original request."
  vias: invite.vias.slice(0, 1),
  from: invite.from,
  to,
  callId: invite.callId,
  cseq: { number: invite.cseq.number, method },
  headers: [
    header('Max-Forwards', '70'),
    ...headerValues(invite, 'route').map((value) => header('Route', value)),
    header('From', headerValue(invite, 'from') ?? ''),
    header('To', toText),
    header('Call-ID', invite.callId),
    header('CSeq', `${invite.cseq.number} ${method}`),
    ...extra,
  ],
  body: emptyBody,
})
