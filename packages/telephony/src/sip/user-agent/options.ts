import { type Header, header } from '../message/headers.ts'
import type { ServerTransaction } from '../transaction/transaction-layer.ts'
import { allowHeader, type Core, contactFor, reply, supportedHeader } from './core.ts'

/** What we can do (§11.2). */
export const capabilityHeaders: readonly Header[] = [
  allowHeader,
  header('Accept', 'application/sdp'),
  header('Accept-Encoding', 'identity'),
  header('Accept-Language', 'en'),
  supportedHeader,
]

/** §11.2: "The response code chosen MUST be the same that would have been chosen had the request been an INVITE." */
export const answerOptions = (core: Core, transaction: ServerTransaction, accepting: boolean): void => {
  reply(core, transaction, accepting ? 200 : 503, {
    headers: [...capabilityHeaders, contactFor(core, transaction)],
  })
}
