import type { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import { runQuery } from '../queries.ts'
import { kyselyOver } from '../read-model-store/node-sqlite-dialect.ts'
import { fileError, openForReading } from '../read-model-store/open-database.ts'
import type { ReadModelTables } from '../read-model-store/tables.ts'
import { ReadModelsError } from '../read-models-error.ts'
import type { ReaderRequest } from './protocol.ts'
import { serve } from './serve.ts'

let open: { database: DatabaseSync; kysely: Kysely<ReadModelTables> } | null = null

serve<ReaderRequest>(async (request) => {
  switch (request.kind) {
    case 'open': {
      const database = openForReading(request.path)
      open = { database, kysely: kyselyOver(database) }
      return null
    }
    case 'query': {
      if (open === null) throw new ReadModelsError('READ_MODELS_CLOSED', 'the read models are not open')
      // One transaction, so that all that a query reads stands as of one commit.
      const { name, parameters } = request
      try {
        return await open.kysely
          .transaction()
          .execute((transaction) => runQuery(transaction, name, parameters))
      } catch (error) {
        throw fileError(error) ?? error
      }
    }
    case 'close':
      await open?.kysely.destroy()
      open?.database.close()
      open = null
      return null
    default:
      return request satisfies never
  }
}, 'QUERY_FAILED')
