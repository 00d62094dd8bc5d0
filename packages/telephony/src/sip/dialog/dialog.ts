import { addressesOf } from '../message/address-lists.ts'
import { type Header, header } from '../message/headers.ts'
import type { SipRequest, SipResponse } from '../message/message.ts'
import { type NameAddr, tagOf } from '../message/name-addr.ts'
import { createRequest } from '../message/request.ts'
import { type SipUri, sipUri, type Uri } from '../message/uri.ts'
import type { Via } from '../message/via.ts'

export type DialogId = {
  readonly callId: string
  readonly localTag: string
  /** Null: the peer is of RFC 2543, which knew no tags (§12.1.1). */
  readonly remoteTag: string | null
}

/** RFC 3261 §12: Call-ID, local and remote tag. No part can hold a line feed, so that no two dialogs share a key. */
export const dialogKey = (id: DialogId): string => `${id.callId}\n${id.localTag}\n${id.remoteTag ?? ''}`

/** The dialog that a request from outside belongs to (§12.2.2): its To is ours. Null when To has no tag. */
export const dialogKeyOfRequest = (request: SipRequest): string | null => {
  const localTag = tagOf(request.to)
  return localTag === null
    ? null
    : dialogKey({ callId: request.callId, localTag, remoteTag: tagOf(request.from) })
}

export type RequestParts = {
  readonly headers?: readonly Header[]
  readonly body?: { readonly type: string; readonly text: string }
}

/** What two user agents remember of each other while they talk (§12). */
export type Dialog = {
  readonly id: DialogId
  readonly key: string
  state(): 'early' | 'confirmed'
  /** A 2xx makes an early dialog a confirmed one. */
  confirm(): void
  /** True when the request comes in order, which it notes (§12.2.2): false must be answered 500. */
  takeInOrder(request: SipRequest): boolean
  /** A target refresh, re-INVITE or its 2xx, may name a new Contact (§12.2.1.2, §12.2.2). */
  refreshTarget(message: SipRequest | SipResponse): void
  /** A request within the dialog with the next CSeq number (§12.2.1.1). */
  request(method: string, via: Via, parts?: RequestParts): SipRequest
  /** The ACK of a 2xx: "the sequence number … MUST be the same as the INVITE being acknowledged" (§13.2.2.4). */
  ack(inviteCSeq: number, via: Via, parts?: RequestParts): SipRequest
  /** Where the next request goes: the first route, or the remote target; null when that is no sip URI. */
  nextHop(): SipUri | null
}

export type DialogState = {
  readonly id: DialogId
  readonly confirmed: boolean
  readonly local: NameAddr
  readonly remote: NameAddr
  readonly remoteTarget: Uri
  readonly routeSet: readonly NameAddr[]
  readonly localCSeq: number
  readonly remoteCSeq: number | null
}

/** A dialog as the caller or the called made it (§12.1): counts CSeq both ways, keeps route set and remote target. */
export const createDialog = (initial: DialogState): Dialog => {
  const { id, local, remote, routeSet } = initial
  let confirmed = initial.confirmed
  let remoteTarget = initial.remoteTarget
  let localCSeq = initial.localCSeq
  let remoteCSeq = initial.remoteCSeq

  const build = (method: string, number: number, via: Via, parts: RequestParts): SipRequest => {
    const { requestUri, routes } = addressing(remoteTarget, routeSet)
    return createRequest({
      method,
      requestUri,
      routes,
      via,
      from: withOnlyTag(local, id.localTag),
      to: withOnlyTag(remote, id.remoteTag),
      callId: id.callId,
      cseq: { number, method },
      ...parts,
    })
  }

  return {
    id,
    key: dialogKey(id),
    state: () => (confirmed ? 'confirmed' : 'early'),
    confirm: () => {
      confirmed = true
    },
    takeInOrder: (request) => {
      // "If the remote sequence number was not empty, and the sequence number of the request is lower than the remote
      // sequence number, the request is out of order and MUST be rejected with a 500."
      if (remoteCSeq !== null && request.cseq.number < remoteCSeq) return false
      remoteCSeq = request.cseq.number
      return true
    },
    refreshTarget: (message) => {
      const contact = addressesOf(message, 'contact')?.[0]
      if (contact !== undefined) remoteTarget = contact.uri
    },
    request: (method, via, parts = {}) => {
      localCSeq += 1
      return build(method, localCSeq, via, parts)
    },
    ack: (inviteCSeq, via, parts = {}) => build('ACK', inviteCSeq, via, parts),
    nextHop: () => {
      const hop = routeSet[0]?.uri ?? remoteTarget
      return hop.kind === 'sip' ? hop : null
    },
  }
}

/** §12.2.1.1: loose routing keeps the target as Request-URI; a strict router (no `lr`) takes its place. */
const addressing = (
  target: Uri,
  routeSet: readonly NameAddr[],
): { readonly requestUri: Uri; readonly routes: readonly NameAddr[] } => {
  const first = routeSet[0]
  if (first === undefined || (first.uri.kind === 'sip' && first.uri.parameters.has('lr'))) {
    return { requestUri: target, routes: routeSet }
  }
  const last: NameAddr = { displayName: null, uri: target, parameters: new Map() }
  return { requestUri: first.uri, routes: [...routeSet.slice(1), last] }
}

const withOnlyTag = (address: NameAddr, tag: string | null): NameAddr => ({
  displayName: address.displayName,
  uri: address.uri,
  parameters: tag === null ? new Map() : new Map([['tag', tag]]),
})

/** Our Contact, for every message that makes or refreshes a dialog (§8.1.1.8). */
export const contactHeader = (user: string | null, address: string, port: number): Header => {
  const uri = sipUri(user, address, port)
  return header('Contact', `<sip:${uri.user === null ? '' : `${uri.user}@`}${uri.host}:${port}>`)
}
