import { describe } from 'vitest'
import { appendContract } from './contract/append.contract.ts'
import { closeContract } from './contract/close.contract.ts'
import type { LogFactory } from './contract/log-under-test.ts'
import { readContract } from './contract/read.contract.ts'
import { subscribeContract } from './contract/subscribe.contract.ts'

export type { LogFactory, LogUnderTest } from './contract/log-under-test.ts'

/** What every event store does, whatever it keeps its events in. Each adapter's spec calls it with its own factory. */
export const eventStoreContract = (name: string, openLog: LogFactory): void => {
  describe(`event store: ${name}`, () => {
    appendContract(openLog)
    readContract(openLog)
    subscribeContract(openLog)
    closeContract(openLog)
  })
}
