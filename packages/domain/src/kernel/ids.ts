declare const idBrand: unique symbol

/** An id branded by what it names: a `CustomerId` does not pass for an `AgentId`. */
export type Id<Of extends string> = string & { readonly [idBrand]: Of }

export type CustomerId = Id<'customer'>
export type ContactPointId = Id<'contactPoint'>
export type InteractionId = Id<'interaction'>
export type CallId = Id<'call'>
export type LegId = Id<'leg'>
export type QueueId = Id<'queue'>
export type AgentId = Id<'agent'>
export type FloorId = Id<'floor'>
export type OfferId = Id<'offer'>
export type ThreadId = Id<'thread'>
export type MailId = Id<'mail'>
export type ReplayId = Id<'replay'>
export type EventId = Id<'event'>

/** 1 to 64 letters, digits, `_` or `-`; hyphenated UUIDs, SHA-256 hex and readable slugs all fit. */
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/** The one way to mint a branded id. Throws a `RangeError` on text that is no id. */
export const parseId = <Of extends string>(of: Of, text: string): Id<Of> => {
  if (!ID.test(text)) throw new RangeError(`not the id of a ${of}: ${JSON.stringify(text.slice(0, 80))}`)
  return text as Id<Of>
}
