/** The part of Vitest's JSON report that is looked at. */
export type Report = {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
  readonly numPendingTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly ancestorTitles: readonly string[]
      readonly title: string
    }[]
  }[]
}

export type Tally = {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Each suite with a test that did not run: its file and its title, which says what it needs. */
  readonly leftOut: readonly string[]
}

export declare const tallyOf: (report: Report, root: string) => Tally
