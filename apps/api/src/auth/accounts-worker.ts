import { parentPort, workerData } from 'node:worker_threads'
import type { AccountsReply, AccountsRequest } from './accounts.ts'
import { openAccountsDatabase } from './accounts-database.ts'
import { accountsFailure } from './accounts-failure.ts'

const port = parentPort
if (port === null) throw new Error('runs as a worker only')

const database = openAccountsDatabase(String(workerData.path))
const reply = (message: AccountsReply): void => port.postMessage(message)

port.on('message', ({ id, method, args }: AccountsRequest) => {
  try {
    const call = database[method] as (...args: readonly unknown[]) => unknown
    reply({ id, ok: true, result: call(...args) })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    reply({ id, ok: false, message, code: accountsFailure(error) })
  }
  if (method === 'close') port.close()
})
reply({ id: 0, ok: true, result: null })
