import { GraphQLError, type GraphQLFieldResolver, type GraphQLObjectType, isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { ROLES, type Role } from '../auth/roles.ts'
import type { GraphQLContext } from './context.ts'
import { schema } from './schema.ts'
import { anEntry } from './testing/fake-read-models.ts'
import { aViewer, codeOf, graphQLClient } from './testing/graphql-client.ts'

const objectTypes = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
)
const fields = objectTypes.flatMap((type) =>
  Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, type, field })),
)

/** Answers anything with itself, so that a resolver that is let through runs into nothing else. */
const anything: object = new Proxy(() => anything, {
  get: (_target, key) => (key === Symbol.toPrimitive ? () => '[]' : key === 'then' ? undefined : anything),
})

/** The code that the field's checks raise for the viewer, or null when they let it through. */
const refusalOf = async (
  check: GraphQLFieldResolver<unknown, GraphQLContext> | undefined,
  role: Role | null,
): Promise<string | null> => {
  if (check === undefined) return null
  const context: GraphQLContext = {
    ...graphQLClient().services,
    viewer: role === null ? null : aViewer(role),
  }
  try {
    await check(anything, {}, context, { rootValue: anything } as never)
    return null
  } catch (error) {
    const { code } = error instanceof GraphQLError ? error.extensions : {}
    return code === 'UNAUTHENTICATED' || code === 'FORBIDDEN' ? code : null
  }
}

const checkOf = ({ type, field }: (typeof fields)[number]) =>
  type === schema.getSubscriptionType() ? field.subscribe : field.resolve

describe('access', () => {
  it.each(fields.map((one) => [one.name, one] as const))(
    '%s is closed to who is not signed in',
    async (name, one) => {
      const refusal = await refusalOf(checkOf(one), null)
      // It answers null then: nothing is behind it.
      expect(refusal).toBe(name === 'Query.me' ? null : 'UNAUTHENTICATED')
    },
  )

  it('answers null to "me" when nobody is signed in, and not one field more', async () => {
    const client = graphQLClient()
    expect(await client.ask(null, '{ me { name } }')).toEqual({ data: { me: null } })
    const both = await client.ask(null, '{ me { name } queues { name } }')
    expect(both.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(client.readModels.asked).toEqual([])
  })

  it('opens each field to the roles of this matrix and no other', async () => {
    const matrix: Record<string, string> = {}
    for (const one of fields) {
      const refusals = await Promise.all(ROLES.map((role) => refusalOf(checkOf(one), role)))
      matrix[one.name] = ROLES.filter((_, index) => refusals[index] === null).join(' ')
    }
    await expect(matrixText(matrix)).toMatchFileSnapshot('./access-matrix.txt')
  })

  it.each(['text', 'safeHtml', 'attachments { url }', 'rawUrl', 'excerpt'])(
    'keeps the %s of a mail from a marketer',
    async (field) => {
      const client = graphQLClient()
      const id = Buffer.from('Mail:m1').toString('base64')
      const question = `{ node(id: "${id}") { ... on Mail { ${field} } } }`
      expect(codeOf(await client.ask(aViewer('marketer'), question))).toBe('FORBIDDEN')
      expect((await client.ask(aViewer('supervisor'), question)).errors).toBeUndefined()
    },
  )

  it.each(['customer', 'interaction', 'offer', 'node'])(
    'gives an auditor no %s of now: only in a replay, where it is on record who looked and why',
    async (field) => {
      const type = field === 'node' ? 'Customer' : field.charAt(0).toUpperCase() + field.slice(1)
      const question = `{ ${field}(id: "${Buffer.from(`${type}:x`).toString('base64')}") { id } }`
      expect(codeOf(await graphQLClient().ask(aViewer('auditor'), question))).toBe('FORBIDDEN')
    },
  )

  it('keeps quoting facts of the timeline from a marketer', async () => {
    const client = graphQLClient()
    client.readModels.rows.entries.push(anEntry('1', { facts: '{"note":"upset","disposition":"solved"}' }))
    const id = Buffer.from('Customer:giulia').toString('base64')
    const question = `{ customer(id: "${id}") { timeline { edges { node { facts { name } } } } } }`
    const factsFor = async (role: Role) =>
      JSON.stringify((await client.ask(aViewer(role), question)).data).match(/"name":"(\w+)"/g)
    expect(await factsFor('marketer')).toEqual(['"name":"disposition"'])
    expect(await factsFor('supervisor')).toEqual(['"name":"note"', '"name":"disposition"'])
  })

  it('shows the schema itself to nobody who is not signed in', async () => {
    const client = graphQLClient()
    const question = '{ me { name } ...f } fragment f on Query { __schema { queryType { name } } }'
    expect((await client.ask(null, question)).errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' })
    expect((await client.ask(aViewer('auditor'), question)).errors).toBeUndefined()
  })
})

/** One line a type, with its fields that differ below. */
const matrixText = (matrix: Record<string, string>): string => {
  const lines: string[] = []
  for (const type of objectTypes.map(({ name }) => name).sort()) {
    const own = Object.entries(matrix).filter(([name]) => name.startsWith(`${type}.`))
    const usual = mostFrequent(own.map(([, roles]) => roles))
    lines.push(`${type}: ${usual}`)
    for (const [name, roles] of own.sort()) {
      if (roles !== usual) lines.push(`  .${name.slice(type.length + 1)}: ${roles}`)
    }
  }
  return `${lines.join('\n')}\n`
}

const mostFrequent = (words: readonly string[]): string => {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b))[0]?.[0] ?? ''
}
