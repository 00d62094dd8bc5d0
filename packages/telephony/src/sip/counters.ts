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

export type SipCounters = {
  count(name: SipCounterName): void
  snapshot(): Readonly<Record<SipCounterName, number>>
}

export const createSipCounters = (): SipCounters => {
  const counts = Object.fromEntries(sipCounterNames.map((name) => [name, 0])) as Record<
    SipCounterName,
    number
  >
  return {
    count: (name) => {
      counts[name] += 1
    },
    snapshot: () => ({ ...counts }),
  }
}
