import { expect, test } from 'vitest'
import { smtpLook } from './health-words.ts'

test('sending that is down says whether a mail is still tried or all of them were given up', () => {
  const label = (word: string, ...statuses: ('RETRYING' | 'SENDING' | 'FAILED')[]) =>
    smtpLook(
      word,
      statuses.map((status) => ({ status })),
    ).label
  expect(label('down', 'FAILED', 'RETRYING')).toBe('health.down')
  expect(label('down', 'SENDING')).toBe('health.down')
  expect(label('down', 'FAILED')).toBe('health.givenUp')
  expect(label('down')).toBe('health.givenUp')
})

test('sending that works says so, whatever was given up before', () => {
  expect(smtpLook('up', [{ status: 'FAILED' }]).label).toBe('health.up')
  expect(smtpLook('off', []).label).toBe('health.off')
})
