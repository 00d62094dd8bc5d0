import { type Counters, createCounters } from '../counters.ts'
/** What the stack counts, from its start. */
export const sipCounterNames = [
  'sip.received',
  'sip.sent',
  'sip.sendFailed',
  'sip.sendDropped',
  'sip.keepAlive',
  'sip.malformed',
  'sip.malformedAnswered',
  'sip.oversized',
  'sip.responseStray',
  'sip.ackStray',
  'sip.retransmissionReceived',
  'sip.retransmissionSent',
  'sip.transactionTimeout',
  'sip.refusedOverload',
  'sip.callsIn',
  'sip.callsOut',
  'sip.callsEnded',
  'sip.listenerFailed',
] as const
export type SipCounterName = (typeof sipCounterNames)[number]

export type SipCounters = Counters<SipCounterName>

/** All at zero. */
export const createSipCounters = (): SipCounters => createCounters(sipCounterNames)
