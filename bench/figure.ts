/** One measured figure, and what it is held against. */
export type Figure = {
  readonly name: string
  readonly figure: number
  readonly unit: string
  /** What the project promises; left out where it promises nothing. */
  readonly target?: string
  /** The peer's or the physical limit's figure in the same run, and what it is. */
  readonly ceiling?: { readonly figure: number; readonly what: string }
}

const number = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)

/**
 * A table that a person reads: figure, unit, ceiling, ratio, target. The ratio is figure ÷ ceiling: both come from the same
 * run on the same machine, so it says more than the figure alone.
 */
export const printFigures = (figures: readonly Figure[]): void => {
  for (const { name, figure, unit, ceiling, target } of figures) {
    const beside =
      ceiling === undefined
        ? ''
        : `   ${ceiling.what}: ${number(ceiling.figure)}   ratio ${((figure / ceiling.figure) * 100).toFixed(0)} %`
    const promised = target === undefined ? '' : `   target ${target}`
    process.stdout.write(
      `${name.padEnd(52)} ${number(figure).padStart(10)} ${unit.padEnd(12)}${beside}${promised}\n`,
    )
  }
}
