import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { schemaText } from './schema.ts'

describe('the public face', () => {
  it('is the committed apps/api/schema.graphql (print it again with node apps/api/src/graphql/print-schema.ts)', async () => {
    const committed = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8')
    expect(schemaText()).toBe(committed)
  })
})
