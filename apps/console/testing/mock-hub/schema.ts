import { readFileSync } from 'node:fs'
import { buildSchema, type GraphQLSchema } from 'graphql'
import { chooseCustomer } from './choose-customer.ts'
import type { World } from './scenarios.ts'
import { administrationOf, OWN_ACCOUNT } from './staff.ts'

const SCHEMA = new URL('../../../api/schema.graphql', import.meta.url)

export const readSchema = (): GraphQLSchema => buildSchema(readFileSync(SCHEMA, 'utf8'))

export type Role = 'AGENT' | 'SUPERVISOR' | 'MARKETER' | 'AUDITOR' | 'ADMIN'

const done = { __typename: 'Done', ok: true }

/**
 * Answers from the fixed world; every command of the desk is agreed to and changes nothing but whose contact it is. `role`
 * null: nobody is signed in.
 */
export function rootOf(world: World, role: Role | null) {
  const all = Object.values(world.customers)
  const find = (id: string) => all.find((one) => one.id === id) ?? null
  const contacts = () => all.flatMap((one) => one.contacts) as { id?: string; openedAt: string }[]
  const commands = [
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
    'nameCustomer',
    'reply',
    'putBackMail',
  ]
  return {
    ...Object.fromEntries(commands.map((name) => [name, () => done])),
    ...administrationOf(world),
    chooseCustomer: (chosen: { interactionId: string; customerId: string }) => {
      chooseCustomer(world, chosen)
      return done
    },
    me: () =>
      role === null
        ? null
        : {
            accountId: OWN_ACCOUNT,
            name: role === 'AGENT' ? 'Sofia Marchetti' : 'Chiara Greco',
            email: 'someone@linfa.example',
            role,
            locale: 'en',
            agent: role === 'AGENT' ? world.agents.sofia : null,
          },
    desk: () => world.desk,
    customer: ({ id }: { id: string }) => find(id),
    customers: ({ search }: { search?: string }) =>
      world.page(all.filter((one) => (one.name ?? '').toLowerCase().includes((search ?? '').toLowerCase()))),
    interaction: ({ id }: { id: string }) => contacts().find((one) => one.id === id) ?? null,
    queues: () => world.queueList,
    board: () => boardOf(world),
    health: () => ({
      edge: 'up',
      mailbox: 'up',
      store: 'up',
      smtp: 'down',
      notices: [{ code: 'SMTP_DOWN', at: new Date().toISOString(), count: 3, facts: [] }],
      undelivered: [],
    }),
  }
}

function boardOf({ queueList, agents, scenario }: World) {
  const now = Date.now()
  return {
    at: new Date(now).toISOString(),
    queues:
      scenario === 'empty'
        ? []
        : queueList.map((queue, index) => ({
            queue,
            waiting: [2, 7, 0][index],
            longestWaitingSince: index === 2 ? null : new Date(now - 11_000 * (index * 9 + 1)).toISOString(),
            readyAgents: 4 - index,
            engagedAgents: index + 1,
            answeredToday: 1284 - index * 400,
            abandonedToday: 12 + index,
          })),
    agents: Object.values(agents),
  }
}
