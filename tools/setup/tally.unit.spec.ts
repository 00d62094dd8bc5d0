import { expect, test } from 'vitest'
import { tallyOf } from './tally.mjs'

const COUNTS = { numPassedTests: 2, numFailedTests: 0, numFailedTestSuites: 0, numPendingTests: 0 }
const one = (status: string, title: string, ...ancestorTitles: string[]) => ({
  status,
  title,
  ancestorTitles,
})

test('a suite that was left out is named once, by its file and what it says it needs', () => {
  const { skipped, leftOut } = tallyOf(
    {
      ...COUNTS,
      numPendingTests: 3,
      testResults: [
        {
          name: '/checkout/test/mail.int.spec.ts',
          assertionResults: [
            one('skipped', 'is answered', 'mail (needs Postfix)'),
            one('skipped', 'is sent once', 'mail (needs Postfix)', 'by a killed hub'),
          ],
        },
        {
          name: '/checkout/test/call.e2e.spec.ts',
          assertionResults: [one('passed', 'rings', 'a call'), one('skipped', 'is heard (needs baresip)')],
        },
      ],
    },
    '/checkout',
  )
  expect(skipped).toBe(3)
  expect(leftOut).toEqual([
    'test/mail.int.spec.ts: mail (needs Postfix)',
    'test/call.e2e.spec.ts: is heard (needs baresip)',
  ])
})

test('a file that could not be read is a failure', () => {
  expect(tallyOf({ ...COUNTS, numFailedTestSuites: 1, testResults: [] }, '/checkout')).toEqual({
    passed: 2,
    failed: 1,
    skipped: 0,
    leftOut: [],
  })
})
