import { describe, expect, it } from 'vitest'
import { startThread } from './thread.ts'

const script = (code: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort, workerData } from 'node:worker_threads'; ${code}`)}`,
  )

const start = (code: string) => {
  const messages: unknown[] = []
  const lost = Promise.withResolvers<string>()
  const thread = startThread<unknown, { kind: string }>(script(code), 7, {
    onMessage: (message) => messages.push(message),
    onLost: lost.resolve,
  })
  return { thread, messages, lost: lost.promise }
}

describe('thread', () => {
  it('tells where the log ends, passes messages on and ends quietly when it was asked to', async () => {
    const { thread, messages } = start(`
      parentPort.postMessage({ kind: 'opened', head: workerData })
      parentPort.once('message', (message) => {
        parentPort.postMessage({ kind: 'page', message })
        parentPort.postMessage({ kind: 'closed' })
      })`)
    expect(await thread.opened).toBe(7)
    thread.post('hello')
    await thread.ended
    expect(messages).toEqual([{ kind: 'page', message: 'hello' }])
  })

  it('rejects with what the log was refused for', async () => {
    const { thread } = start(
      `parentPort.postMessage({ kind: 'refused', failure: { code: 'DISK_FULL', data: { reason: 'ENOSPC' } } })`,
    )
    await expect(thread.opened).rejects.toMatchObject({ code: 'DISK_FULL', data: { reason: 'ENOSPC' } })
    await thread.ended
  })

  it('is told of as lost when it ends by itself, before the log is open too', async () => {
    const early = start(`process.exit(1)`)
    await expect(early.thread.opened).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    const late = start(
      `parentPort.postMessage({ kind: 'opened', head: 0 }); setTimeout(() => { throw new Error('a bug') }, 5)`,
    )
    await late.thread.opened
    expect(await late.lost).toBe('THREAD_FAILED: a bug')
    await late.thread.ended
  })
})
