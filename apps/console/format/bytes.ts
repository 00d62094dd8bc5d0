/** A file's size for people: `182 KB`, `1.4 MB`; decimal units, one decimal under 10 of the larger ones. */
export function formatBytes(bytes: number, locale: string): string {
  const [unit, value] =
    bytes < 1000
      ? (['byte', bytes] as const)
      : bytes < 1_000_000
        ? (['kilobyte', bytes / 1000] as const)
        : bytes < 1_000_000_000
          ? (['megabyte', bytes / 1_000_000] as const)
          : (['gigabyte', bytes / 1_000_000_000] as const)
  const digits = unit === 'megabyte' || unit === 'gigabyte' ? (value < 10 ? 1 : 0) : 0
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(value)
}
