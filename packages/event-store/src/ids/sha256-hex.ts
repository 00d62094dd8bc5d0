import { hash } from 'node:crypto'

/** SHA-256 in 64 lower-case hex digits; text is hashed as UTF-8. */
export const sha256Hex = (input: string | Uint8Array): string => hash('sha256', input, 'hex')
