import { describe, expect, it } from 'vitest'
import { EventStoreError, isEventStoreError } from './event-store-error.ts'

describe('isEventStoreError', () => {
  const conflict = new EventStoreError('REVISION_CONFLICT', { stream: 's', expected: 1n, actual: 2n })

  it('knows an error by its code, and narrows what it carries', () => {
    expect(isEventStoreError(conflict)).toBe(true)
    expect(isEventStoreError(conflict, 'TOO_BUSY')).toBe(false)
    if (!isEventStoreError(conflict, 'REVISION_CONFLICT')) throw new Error('not known')
    expect(conflict.data.actual).toBe(2n)
  })

  it('knows one from another copy of the package, and no other error', () => {
    const copy = Object.assign(new Error('x'), {
      name: 'EventStoreError',
      code: 'DISK_FULL',
      data: { reason: 'x' },
    })
    expect(isEventStoreError(copy, 'DISK_FULL')).toBe(true)
    expect(isEventStoreError(Object.assign(new Error('x'), { code: 'DISK_FULL' }))).toBe(false)
    expect(isEventStoreError('DISK_FULL')).toBe(false)
    expect(isEventStoreError(null)).toBe(false)
  })

  it('says its data in the message, bigints too', () => {
    expect(conflict.message).toBe('REVISION_CONFLICT {"stream":"s","expected":"1","actual":"2"}')
  })
})
