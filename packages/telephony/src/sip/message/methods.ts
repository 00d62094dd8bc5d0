/** Methods of the IANA registry: any other is unknown to us (RFC 3261 §21.5.2). */
const registered: ReadonlySet<string> = new Set([
  'ACK',
  'BYE',
  'CANCEL',
  'INFO',
  'INVITE',
  'MESSAGE',
  'NOTIFY',
  'OPTIONS',
  'PRACK',
  'PUBLISH',
  'REFER',
  'REGISTER',
  'SUBSCRIBE',
  'UPDATE',
])

/** Whether anybody has defined the method; case matters (§7.1). */
export const isRegisteredMethod = (method: string): boolean => registered.has(method)
