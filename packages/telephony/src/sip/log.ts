/** Where the stack reports what an operator may want to know. Never holds a number, a name or an address. */
export type SipLog = (
  level: 'debug' | 'warn' | 'error',
  message: string,
  data?: Readonly<Record<string, unknown>>,
) => void

export const silentLog: SipLog = () => undefined
