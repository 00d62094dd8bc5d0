import type { Dialog } from '../dialog/dialog.ts'
import { header } from '../message/headers.ts'
import { reasonHeader } from '../message/reason.ts'
import type { ServerTransaction } from '../transaction/transaction-layer.ts'
import { type Core, reply } from './core.ts'
import { sendRequest } from './send-request.ts'

/**
 * UAC role (§15.1.1): sends BYE with the cause as its Reason (RFC 3326). `onDone` once it is answered, or will not be:
 * "the UAC core … MUST consider the session terminated" either way.
 */
export const sendBye = (core: Core, dialog: Dialog, q850: number, onDone: () => void): void => {
  const request = dialog.request('BYE', core.transactions.newVia(), {
    headers: [reasonHeader(q850), header('User-Agent', core.name)],
  })
  sendRequest(core, request, dialog.nextHop(), {
    onResponse: (response) => {
      if (response.status >= 200) onDone()
    },
    onTimeout: onDone,
    onTransportError: onDone,
  })
}

/** UAS role (§15.1.2): 200, whatever else is going on; INVITEs that still wait are the session's to refuse with 487. */
export const answerBye = (core: Core, transaction: ServerTransaction): void => {
  reply(core, transaction, 200)
}
