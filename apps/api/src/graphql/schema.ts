import './accounts.ts'
import './administration.ts'
import './agent.ts'
import './board.ts'
import './call.ts'
import './contact-point.ts'
import './customer.ts'
import './desk.ts'
import './health.ts'
import './interaction.ts'
import './mail.ts'
import './me.ts'
import './mutations.ts'
import './offer.ts'
import './queue.ts'
import './replay.ts'
import './replay-moment.ts'
import './replay-record.ts'
import './subscriptions.ts'
import './timeline.ts'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { builder } from './schema-builder.ts'

/** The hub's public face. `apps/api/schema.graphql` is its committed print; a unit spec compares the two. */
export const schema = builder.toSchema()

/** The print to commit: `node apps/api/src/graphql/print-schema.ts`. */
export const schemaText = (): string => `${printSchema(lexicographicSortSchema(schema))}\n`
