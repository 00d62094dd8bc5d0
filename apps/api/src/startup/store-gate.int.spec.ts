import { statfsSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toInstant } from '@centralino/domain'
import {
  type EventStore,
  EventStoreError,
  type EventStoreHealth,
  openEventStore,
  uuidv7,
} from '@centralino/event-store'
import { canMount, mountSmallDisk, temporaryEventStore } from '@centralino/event-store/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createNotices } from '../observability/notices.ts'
import { createStoreGate } from './store-gate.ts'

const MOUNTS = canMount()
const FIGURES = {
  pendingAppends: 0,
  limit: 1,
  refusedAppends: 0,
  repeatedCalls: 0,
  reconnects: 0,
  resubscriptions: 0,
  lastTrouble: null,
}
const MEBIBYTE = 1_048_576

const gateOf = (store: EventStore, folders: readonly string[]) => {
  const notices = createNotices({})
  const gate = createStoreGate({ store, folders, notices, lookEveryMilliseconds: 50 })
  const changes: boolean[] = []
  gate.onChange((writable) => changes.push(writable))
  return { gate, changes, codes: () => notices.list().map(({ code }) => code) }
}

describe.skipIf(!MOUNTS)(
  `the gate of a log${MOUNTS ? '' : ' (left out: mounting a small disk takes root on Linux)'}`,
  () => {
    it('closes while the disk is full and opens when there is room, without anybody appending', async () => {
      const disk = mountSmallDisk(8 * MEBIBYTE)
      if (disk === null) throw new Error('a disk could be mounted a moment ago')
      onTestFinished(() => disk.remove())
      await using store = await openEventStore(`sqlite:${join(disk.folder, 'log.db')}`)
      const { gate, changes, codes } = gateOf(store, [disk.folder])
      await using _open = gate
      expect(gate.isWritable()).toBe(true)
      const ballast = join(disk.folder, 'ballast')
      const { bavail, bsize } = statfsSync(disk.folder)
      writeFileSync(ballast, Buffer.alloc((bavail - 2) * bsize))
      await expect.poll(() => gate.isWritable()).toBe(false)
      expect(codes()).toEqual(['LOG_NOT_WRITABLE'])
      truncateSync(ballast)
      await expect.poll(() => gate.isWritable()).toBe(true)
      expect(changes).toEqual([false, true])
      expect(codes()).toEqual([])
    })
  },
)

describe('the gate of a log', () => {
  const failing = async (code: 'DISK_FULL' | 'TOO_BUSY') => {
    const store = await temporaryEventStore()
    onTestFinished(() => store[Symbol.asyncDispose]())
    const error = code === 'DISK_FULL' ? new EventStoreError(code, { reason: 'ENOSPC' }) : tooBusy()
    return gateOf({ ...store, append: () => Promise.reject(error) }, [])
  }
  const tooBusy = () => Object.assign(new Error('too many'), { code: 'TOO_BUSY' })

  it('closes with the first append that the disk refuses, and the append fails as it did', async () => {
    const { gate, changes } = await failing('DISK_FULL')
    await using _open = gate
    await expect(gate.store.append('call-1', 'any', [])).rejects.toMatchObject({ code: 'DISK_FULL' })
    expect(changes).toEqual([false])
  })

  it('lets no listener undo an append that is on disk', async () => {
    const store = await temporaryEventStore()
    onTestFinished(() => store[Symbol.asyncDispose]())
    const { gate, codes } = gateOf(store, [])
    await using _open = gate
    gate.onChange((writable) => {
      if (writable) throw new Error('a listener')
    })
    gate.noteFailure(new EventStoreError('DISK_FULL', { reason: 'ENOSPC' }))
    expect(gate.isWritable()).toBe(false)
    const appended = await gate.store.append('call-1', 'noStream', [
      {
        id: uuidv7(),
        type: 'Counted',
        schemaVersion: 1,
        data: {},
        metadata: {
          occurredAt: toInstant(Temporal.Now.instant()),
          actor: { kind: 'system', id: 'test' },
          correlationId: 'c',
          causationId: null,
        },
      },
    ])
    expect(appended.revision).toBe(0n)
    expect(gate.isWritable()).toBe(true)
    expect(codes()).toContain('UNEXPECTED_ERROR')
  })

  it('stays open where a log has only too much to do', async () => {
    const { gate, changes } = await failing('TOO_BUSY')
    await using _open = gate
    await expect(gate.store.append('call-1', 'any', [])).rejects.toMatchObject({ code: 'TOO_BUSY' })
    expect(changes).toEqual([])
  })

  it('closes for the accounts that share the disk', async () => {
    const { gate, changes } = await failing('DISK_FULL')
    await using _open = gate
    gate.noteFailure(Object.assign(new Error('full'), { code: 'DISK_FULL' }))
    expect(changes).toEqual([false])
  })

  it('closes when servers stay away, not while they change their leader, and opens when they are back', async () => {
    const store = await temporaryEventStore()
    onTestFinished(() => store[Symbol.asyncDispose]())
    let status: EventStoreHealth['status'] = 'connected'
    const error = new EventStoreError('STORE_UNAVAILABLE', { reason: 'NOT_LEADER' })
    const health = (): EventStoreHealth => ({ ...FIGURES, status })
    const { gate, changes } = gateOf({ ...store, health, append: () => Promise.reject(error) }, [])
    await using _open = gate
    await expect(gate.store.append('call-1', 'any', [])).rejects.toBe(error)
    expect(changes).toEqual([])
    status = 'reconnecting'
    await expect.poll(() => changes).toEqual([false])
    status = 'connected'
    await expect.poll(() => changes).toEqual([false, true])
  })
})
