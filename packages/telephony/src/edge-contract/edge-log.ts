/** Where the adapter and the edge report; pino's logger fits. No numbers, addresses, names or texts are ever given. */
export type EdgeLog = {
  debug(data: object, message: string): void
  info(data: object, message: string): void
  warn(data: object, message: string): void
  error(data: object, message: string): void
}

export const silentLog: EdgeLog = { debug() {}, info() {}, warn() {}, error() {} }
