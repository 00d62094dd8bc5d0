import { writeFile } from 'node:fs/promises'
import { schemaText } from './schema.ts'

/** Writes the schema's committed print. */
await writeFile(new URL('../../schema.graphql', import.meta.url), schemaText())
