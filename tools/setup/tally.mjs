import { relative } from 'node:path'

/**
 * What came of a run, out of Vitest's JSON report. A file that could not even be read counts as one failure.
 * @param {import('./tally.d.mts').Report} report
 * @param {string} root the checkout, which files are named from
 * @returns {import('./tally.d.mts').Tally}
 */
export const tallyOf = (report, root) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests || (report.numFailedTestSuites > 0 ? 1 : 0),
  skipped: report.numPendingTests,
  leftOut: [
    ...new Set(
      report.testResults.flatMap(({ name, assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === 'skipped' || status === 'pending')
          .map(({ ancestorTitles, title }) => `${relative(root, name)}: ${ancestorTitles[0] ?? title}`),
      ),
    ),
  ],
})
