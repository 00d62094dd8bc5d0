import type { Page, Paged } from '../read-models.ts'

/** Longer pages are cut to this many rows. */
export const LONGEST_PAGE = 500

/** How many rows to ask for: one more than the page, which tells whether there is a next one. */
export const rowsToFetch = (page: Page): number => pageLength(page) + 1

const pageLength = (page: Page): number => Math.min(Math.max(Math.trunc(page.first), 0), LONGEST_PAGE)

export const paged = <Row>(rows: readonly Row[], page: Page): Paged<Row> => ({
  rows: rows.slice(0, pageLength(page)),
  hasNextPage: rows.length > pageLength(page),
})
