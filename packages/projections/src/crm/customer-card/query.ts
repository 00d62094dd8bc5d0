import type { CustomerId } from '@centralino/domain'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { containing } from '../../read-model-store/like.ts'
import { paged, rowsToFetch } from '../../read-model-store/page.ts'
import type { CustomerTable, ReadModelTables, Row } from '../../read-model-store/tables.ts'
import type { Page, Paged } from '../../read-models.ts'
import { digitsOf, searchText } from './search-text.ts'

type Db = Kysely<ReadModelTables>

/** Fewer digits than these are no part of a phone number that anybody searches by. */
const SEARCHED_DIGITS = 3

export const customer = async (db: Db, id: CustomerId): Promise<Row<'customer'> | null> =>
  (await db.selectFrom('customer').selectAll().where('customer_id', '=', id).executeTakeFirst()) ?? null

export const contactPoints = (db: Db, id: CustomerId): Promise<readonly Row<'contact_point'>[]> =>
  db
    .selectFrom('contact_point')
    .selectAll()
    .where('customer_id', '=', id)
    .orderBy('kind', 'desc')
    .orderBy('linked_at')
    .orderBy('contact_point_id')
    .execute()

/**
 * The known by name, then the provisional, who have none (`known` sorts before `provisional`). `search` looks in names, addresses
 * and the digits of phones. After a customer who is not there comes nobody.
 */
export const customers = async (
  db: Db,
  page: Page & { search?: string | undefined },
): Promise<Paged<CustomerTable>> => {
  let query = db.selectFrom('customer').selectAll()
  const text = searchText(page.search ?? '')
  if (text !== '') {
    const pattern = containing(text)
    const digits = digitsOf(text)
    query = query.where((eb) => {
      const byPoint = eb
        .selectFrom('contact_point')
        .select('customer_id')
        .where((point) =>
          point.or([
            point.and([
              point('kind', '=', 'email'),
              sql<boolean>`${point.ref('search_value')} like ${pattern} escape '\\'`,
            ]),
            ...(digits.length >= SEARCHED_DIGITS
              ? [
                  point.and([
                    point('kind', '=', 'phone'),
                    sql<boolean>`${point.ref('search_value')} like ${containing(digits)} escape '\\'`,
                  ]),
                ]
              : []),
          ]),
        )
      return eb.or([
        sql<boolean>`${eb.ref('search_name')} like ${pattern} escape '\\'`,
        eb('customer_id', 'in', byPoint),
      ])
    })
  }
  if (page.after !== undefined) {
    const last = await customer(db, page.after as CustomerId)
    if (last === null) return { rows: [], hasNextPage: false }
    const { status, search_name, customer_id } = last
    query = query.where('status', '>=', status).where((eb) => {
      const sameName = search_name === null ? eb.lit(true) : eb('search_name', '=', search_name)
      const later = [eb('status', '>', status), eb.and([sameName, eb('customer_id', '>', customer_id)])]
      return eb.or(search_name === null ? later : [...later, eb('search_name', '>', search_name)])
    })
  }
  const rows = await query
    .orderBy('status')
    .orderBy('search_name')
    .orderBy('customer_id')
    .limit(rowsToFetch(page))
    .execute()
  return paged(rows, page)
}
