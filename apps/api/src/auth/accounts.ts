import { Worker } from 'node:worker_threads'
import type { AccountsDatabase } from './accounts-database.ts'
import type { AccountsFailureCode } from './accounts-failure.ts'

type Method = Extract<keyof AccountsDatabase, string>
type Call = Exclude<Method, 'close'>

/**
 * The accounts file behind its worker: a slow disk never holds up the hub's event loop. Rejects with `code: 'DISK_FULL'`,
 * `'READ_ONLY'` or `'TOO_BUSY'` when it takes nothing for the moment.
 */
export type Accounts = {
  readonly [M in Call]: (...args: Parameters<AccountsDatabase[M]>) => Promise<ReturnType<AccountsDatabase[M]>>
} & AsyncDisposable

export type AccountsRequest = {
  readonly id: number
  readonly method: Method
  readonly args: readonly unknown[]
}
export type AccountsReply =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | {
      readonly id: number
      readonly ok: false
      readonly message: string
      readonly code: AccountsFailureCode | null
    }

/** How many questions may wait for the worker; more are refused. */
const MAXIMUM_WAITING = 1_000

const failure = (message: string, code: AccountsFailureCode | null): Error =>
  Object.assign(new Error(message), code === null ? {} : { code })

/** Opens `path` in a worker of its own. Rejects when the file is not ours. `onLost` hears of a worker that died. */
export const openAccounts = async (path: string, onLost: (error: Error) => void): Promise<Accounts> => {
  const worker = new Worker(new URL('./accounts-worker.ts', import.meta.url), {
    workerData: { path },
    name: 'accounts',
  })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const ready = Promise.withResolvers<unknown>()
  waiting.set(0, ready)
  let lastId = 0
  let state: 'open' | 'closing' | 'lost' = 'open'

  const lose = (error: Error): void => {
    if (state === 'open') onLost(error)
    if (state !== 'closing') state = 'lost'
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', (message: AccountsReply) => {
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.ok) asked?.resolve(message.result)
    else asked?.reject(failure(message.message, message.code))
  })
  worker.on('error', (error) => lose(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => lose(new Error('the accounts worker has ended')))

  const ask = (method: Method, args: readonly unknown[]): Promise<unknown> => {
    if (state !== 'open' && method !== 'close') return Promise.reject(new Error('the accounts are closed'))
    if (waiting.size >= MAXIMUM_WAITING)
      return Promise.reject(failure('the accounts are too busy', 'TOO_BUSY'))
    const id = ++lastId
    const asked = Promise.withResolvers<unknown>()
    waiting.set(id, asked)
    worker.postMessage({ id, method, args } satisfies AccountsRequest)
    return asked.promise
  }

  const call =
    <M extends Call>(method: M) =>
    (...args: Parameters<AccountsDatabase[M]>) =>
      ask(method, args) as Promise<ReturnType<AccountsDatabase[M]>>

  await ready.promise
  return {
    addAccount: call('addAccount'),
    accountByEmail: call('accountByEmail'),
    accountById: call('accountById'),
    accounts: call('accounts'),
    accountCount: call('accountCount'),
    changeAccount: call('changeAccount'),
    setPassword: call('setPassword'),
    setOneTimePassword: call('setOneTimePassword'),
    removeAccount: call('removeAccount'),
    addSession: call('addSession'),
    sessionIds: call('sessionIds'),
    session: call('session'),
    touchSession: call('touchSession'),
    endSession: call('endSession'),
    endSessionsOf: call('endSessionsOf'),
    endExpiredSessions: call('endExpiredSessions'),
    addApiClient: call('addApiClient'),
    apiClientById: call('apiClientById'),
    apiClients: call('apiClients'),
    removeApiClient: call('removeApiClient'),
    async [Symbol.asyncDispose]() {
      if (state !== 'open') return
      state = 'closing'
      await ask('close', [])
      await worker.terminate()
    },
  }
}
