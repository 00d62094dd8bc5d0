import { parseId } from '@centralino/domain'
import { pino } from 'pino'
import type { Administration } from '../../administration/administration.ts'
import type { Role } from '../../auth/roles.ts'
import type { Viewer } from '../../auth/viewer.ts'
import type { Outcome } from '../../commands/outcome.ts'
import type { DeskActions } from '../../desk/desk-actions.ts'
import { createMetrics } from '../../observability/metrics.ts'
import { createNotices } from '../../observability/notices.ts'
import type { Replays } from '../../replay/replays.ts'
import type { GraphQLServices } from '../context.ts'
import { createGraphQL } from '../create-yoga.ts'
import type { RefusalCode } from '../refusal-codes.ts'
import { AT, type FakeReadModels, fakeReadModels } from './fake-read-models.ts'

export const aViewer = (role: Role): Viewer => ({
  accountId: `account-${role}`,
  sessionId: `session-${role}`,
  email: `${role}@linfa.example`,
  name: role,
  role,
  agentId: role === 'agent' ? parseId('agent', 'sofia') : null,
  locale: null,
})

type Called = { readonly action: string; readonly arguments: readonly unknown[] }

export type FakeDeskActions = DeskActions & {
  readonly called: Called[]
  /** What every action answers from now on; an Error is thrown. */
  answer: Outcome<RefusalCode> | Error
}

const ACTIONS = [
  'becomeReady',
  'becomeNotReady',
  'signOff',
  'acceptOffer',
  'declineOffer',
  'hold',
  'resume',
  'mute',
  'unmute',
  'hangUp',
  'wrapUp',
  'chooseCustomer',
  'nameCustomer',
  'reply',
  'putBackMail',
] as const satisfies readonly (keyof DeskActions)[]

export const fakeDeskActions = (): FakeDeskActions => {
  const called: Called[] = []
  const fake = { called, answer: { ok: true } as Outcome<RefusalCode> | Error } as FakeDeskActions
  for (const action of ACTIONS) {
    Object.assign(fake, {
      [action]: async (...given: readonly unknown[]): Promise<Outcome<RefusalCode>> => {
        called.push({ action, arguments: given })
        if (fake.answer instanceof Error) throw fake.answer
        return fake.answer
      },
    })
  }
  return fake
}

/** Knows one administrator, and answers every action with `answer`. */
export type FakeAdministration = Administration & {
  readonly called: Called[]
  answer: Awaited<ReturnType<Administration['addAccount' | 'changeAccount']>> | Error
}

const ADMINISTRATIVE = [
  'addAccount',
  'changeAccount',
  'giveOneTimePassword',
  'removeAccount',
  'addQueue',
  'changeQueue',
] as const satisfies readonly (keyof Administration)[]

export const fakeAdministration = (): FakeAdministration => {
  const called: Called[] = []
  const fake = {
    called,
    answer: { ok: true },
    accounts: async () => [
      {
        accountId: 'account-admin',
        email: 'admin@linfa.example',
        name: 'Tomasz Lis',
        role: 'admin',
        agentId: null,
        locale: null,
        passwordStatus: 'oneTime',
        createdAt: AT,
      },
    ],
  } as unknown as FakeAdministration
  for (const action of ADMINISTRATIVE) {
    Object.assign(fake, {
      [action]: async (...given: readonly unknown[]) => {
        called.push({ action, arguments: given })
        if (fake.answer instanceof Error) throw fake.answer
        return fake.answer
      },
    })
  }
  return fake
}

const noReplays: Replays = {
  open: async () => ({ ok: false, code: 'DAY_INVALID' }),
  find: () => null,
  close: async () => {},
  verify: async () => ({ events: 0, sealed: 0, checkpoints: 0, finding: null }),
  [Symbol.asyncDispose]: async () => {},
}

export type Answer = {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly unknown[]
    readonly extensions?: Record<string, unknown>
  }[]
}

/** The first error's literal code; null without errors. */
export const codeOf = (answer: Answer): unknown => {
  const { code } = answer.errors?.[0]?.extensions ?? {}
  return code ?? null
}

/** A Relay global id. */
export const globalId = (type: string, id: string): string => Buffer.from(`${type}:${id}`).toString('base64')

export type GraphQLClient = {
  readonly services: GraphQLServices
  readonly readModels: FakeReadModels
  readonly deskActions: FakeDeskActions
  readonly administration: FakeAdministration
  ask(viewer: Viewer | null, query: string, variables?: Record<string, unknown>): Promise<Answer>
  /** The answers of a subscription, over SSE; `stop` hangs up. */
  subscribe(
    viewer: Viewer | null,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<{ next(): Promise<Answer | 'complete'>; stop(): Promise<void> }>
  endSession(sessionId: string): void
}

/** The whole of `/graphql` without a port, on fakes. */
export const graphQLClient = (given: Partial<GraphQLServices> = {}): GraphQLClient => {
  const readModels = fakeReadModels()
  const deskActions = fakeDeskActions()
  const administration = fakeAdministration()
  const ended = new Set<(sessionId: string) => void>()
  const services: GraphQLServices = {
    readModels,
    deskActions,
    administration,
    mailBodies: {
      bodyOf: async () => ({
        text: 'the body',
        safeHtml: '<p>the body</p>',
        blockedImages: 1,
        defects: ['textCut'],
      }),
    },
    replays: given.replays ?? noReplays,
    connections: { store: () => 'up', edge: () => 'up', mailbox: () => 'off', smtp: () => 'off' },
    notices: createNotices({ now: () => AT }),
    metrics: createMetrics(),
    log: pino({ level: 'silent' }),
    now: () => AT,
    timeZone: 'Europe/Rome',
    onSessionEnded: (listener) => {
      ended.add(listener)
      return () => ended.delete(listener)
    },
    ...given,
  }
  const yoga = createGraphQL(services)
  const send = async (
    viewer: Viewer | null,
    accept: string,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<Response> =>
    await yoga.fetch(
      'http://hub.example/graphql',
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: JSON.stringify({ query, variables }),
      },
      { viewer },
    )
  return {
    services,
    readModels,
    deskActions,
    administration,
    ask: async (viewer, query, variables) =>
      (await (await send(viewer, 'application/json', query, variables)).json()) as Answer,
    async subscribe(viewer, query, variables) {
      const response = await send(viewer, 'text/event-stream', query, variables)
      if (response.body === null) throw new Error('no stream')
      const reader = response.body.getReader()
      const events = readEvents(reader)
      return {
        next: async () => (await events.next()).value ?? 'complete',
        stop: async () => reader.cancel(),
      }
    },
    endSession: (sessionId) => {
      for (const listener of ended) listener(sessionId)
    },
  }
}

async function* readEvents(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Answer> {
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    text += decoder.decode(value, { stream: true })
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end)
      text = text.slice(end + 2)
      const data = /^data: (.*)$/m.exec(event)?.[1]
      if (/^event: complete$/m.test(event)) return
      if (data) yield JSON.parse(data) as Answer
    }
  }
}
