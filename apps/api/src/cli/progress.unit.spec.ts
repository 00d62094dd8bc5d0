import { expect, it } from 'vitest'
import { createProgress } from './progress.ts'

const show = (isTTY: boolean) => {
  const written: string[] = []
  let at = 0
  const progress = createProgress({ isTTY, write: (text) => written.push(text) }, () => at)
  return {
    written,
    end: progress.end,
    tell: (milliseconds: number, ...[one]: Parameters<typeof progress.on>) => {
      at = milliseconds
      progress.on(one)
    },
  }
}

it('writes a bar anew on a terminal, ten times a second at most, and takes it off at the end', () => {
  const { tell, end, written } = show(true)
  tell(50, { step: 'load', done: 1, of: 100 })
  tell(100, { step: 'load', done: 25, of: 100 })
  tell(150, { step: 'load', done: 30, of: 100 })
  tell(2_050, { step: 'load', done: 100, of: 100 })
  end()
  const clear = '\r\u001b[K'
  expect(written).toEqual([
    clear,
    `[${'#'.repeat(6)}${'.'.repeat(18)}] 25 of 100 events loaded`,
    clear,
    `[${'#'.repeat(24)}] 100 of 100 events loaded, 50/s`,
    clear,
  ])
})

it('writes a line now and then elsewhere, and none for what is done at once', () => {
  const { tell, end, written } = show(false)
  tell(4_000, { step: 'export', done: 10_000, of: null })
  tell(5_000, { step: 'export', done: 20_000, of: null })
  tell(6_000, { step: 'blobs', done: 1, of: null })
  end()
  expect(written).toEqual(['20,000 events written, 10,000/s\n'])
})
