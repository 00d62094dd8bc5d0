import type { Endpoint } from '../../endpoint.ts'

/** Somebody as a From, To or P-Asserted-Identity header names them. */
export type Party = {
  /** The URI as written, without brackets: `sip:+39021234@192.0.2.4;user=phone`, `tel:+39021234`. */
  readonly uri: string
  /** User part of a sip URI with its escapes decoded, or the number of a tel URI; null when there is none. */
  readonly user: string | null
  readonly displayName: string | null
}

/** Why we end a call: sent as a Reason header (RFC 3326), and as the status where the call was not answered yet. */
export type EndReason = {
  /** ITU-T Q.850 cause value, 1 to 127. */
  readonly q850: number
  /** Final status of a refusal, 300 to 699; null or absent: chosen from the cause (RFC 3398 §7.2.4.1). */
  readonly sipStatus?: number | null
}

/** How a session came to its end. Reported once for each session, whoever ended it. */
export type SessionEnd = {
  readonly how:
    | 'cancelled' /** CANCEL, or BYE in an early dialog, before a final answer */
    | 'refused' /** a final status of 300 or more */
    | 'bye'
    | 'expired' /** the INVITE's Expires, or our own limit on ringing, ran out */
    | 'noAck' /** no ACK for 64*T1 after 200 (§13.3.1.4): BYE was sent */
    | 'noResponse' /** the peer answered nothing (timer B or F), or 408 or 481 within the dialog */
    | 'transportFailed'
  /** `stack`: nobody decided it; a time-out, a lost peer or a failed transport did. */
  readonly by: 'peer' | 'local' | 'stack'
  /** From the peer's Reason header where there is one, else mapped from the status (RFC 3398 §8.2.6.1), else 16. */
  readonly q850: number
  readonly sipStatus: number | null
}

export type ReinviteDecision =
  /** 200 with this SDP: our answer, or our offer where the re-INVITE brought none. */
  | { readonly sdp: string }
  /** Refused, usually 488; the session goes on as it was (§14.2). */
  | { readonly refuse: number }

/** What a session tells its owner. A listener's failure is contained and reported to the log. */
export type SessionListener = {
  /** The peer's ACK of our 200 arrived. `sdp` is the answer when our 200 carried the offer, else null. */
  onAck?(ack: { readonly sdp: string | null; readonly of: 'invite' | 'reinvite' }): void
  /** The peer's re-INVITE (§14.2). `offer` is null when it brought no SDP. Without a listener: 488. */
  onReinvite?(offer: string | null): ReinviteDecision | Promise<ReinviteDecision>
  /** The session is over; called once, last. */
  onEnded(end: SessionEnd): void
}

export type ReinviteOutcome =
  | { readonly outcome: 'answered'; readonly sdp: string | null }
  | { readonly outcome: 'refused'; readonly status: number }
  /** Ended before an answer, or there is no established session to change. */
  | { readonly outcome: 'notPossible' }

type AnySession = {
  readonly callId: string
  /** Unique within this user agent's life. */
  readonly id: string
  /** Ends the call in whichever way its state asks for: refusal, CANCEL or BYE. Does nothing once ended. */
  end(reason: EndReason): void
  /**
   * Offers new SDP within the established session (§14.1). One at a time; 491 is retried after the RFC's random wait,
   * at most five times. 408 and 481 end the session (§12.2.1.2).
   */
  reinvite(offer: string): Promise<ReinviteOutcome>
}

/** A call from outside. Already answered with 100 Trying when the owner sees it. */
export type IncomingSession = AnySession & {
  readonly direction: 'incoming'
  readonly from: Party
  readonly to: Party
  /** As written in the request line. */
  readonly requestUri: Party
  /** RFC 3325; the first sip or tel URI. Whether to believe it is the owner's decision. */
  readonly assertedIdentity: Party | null
  /** The caller asked by Privacy (RFC 3323, RFC 3325 §9.3) that nobody be told who calls. To keep to is the owner's duty. */
  readonly identityWithheld: boolean
  /** SDP of the INVITE; null: a late offer, so `accept` gives our offer and `onAck` brings the answer. */
  readonly offer: string | null
  /** Where the datagram came from. */
  readonly source: Endpoint
  status(): 'proceeding' | 'accepted' | 'established' | 'ended'
  /** 180 Ringing; repeated each minute while unanswered (§13.3.1.1). Only while `proceeding`, else nothing. */
  ring(): void
  /**
   * 200 with our SDP, retransmitted until ACK (§13.3.1.4). Returns false and sends nothing when the call is not
   * `proceeding` any more (a CANCEL may have crossed).
   */
  accept(sdp: string): boolean
  /** A final refusal, 300 to 699. Returns false and sends nothing when the call is not `proceeding` any more. */
  reject(status: number, reason?: EndReason): boolean
  /** BYE. Before ACK it is held back until ACK, or 64*T1 (§15). Returns false when not answered, or ended. */
  bye(reason?: EndReason): boolean
}

export type OutgoingListener = SessionListener & {
  /** 101 to 199. `sdp` is early media's description, where there is one. */
  onProgress?(progress: { readonly status: number; readonly sdp: string | null }): void
  /** 2xx; ACK is on its way. `sdp` is the peer's answer. */
  onAnswered?(answer: { readonly sdp: string | null }): void
}

/** A call that we make. */
export type OutgoingSession = AnySession & {
  readonly direction: 'outgoing'
  status(): 'calling' | 'ringing' | 'established' | 'ended'
  /** CANCEL, sent once a provisional answer was seen (§9.1). A crossing 200 is acknowledged and hung up. */
  cancel(reason?: EndReason): void
  /** BYE. Returns false when not established. */
  bye(reason?: EndReason): boolean
}
