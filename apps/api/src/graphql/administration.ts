import type {
  Administration,
  Administrator,
  OneTimePasswordOutcome,
} from '../administration/administration.ts'
import { ADMINISTRATION } from './access.ts'
import type { GraphQLContext } from './context.ts'
import { RoleEnum } from './enums.ts'
import { graphQLError } from './errors.ts'
import { idOf } from './ids.ts'
import { OutcomeRef, RefusalRef } from './outcome.ts'
import { QueueRef } from './refs.ts'
import { builder } from './schema-builder.ts'
import { orStoreRefusal } from './store-refusal.ts'

const ADMIN = { role: ADMINISTRATION } as const

/** Runs it for the viewer, whose role was checked before. */
const act = <O>(
  context: GraphQLContext,
  action: (administration: Administration, by: Administrator) => Promise<O>,
) => {
  const { viewer, administration } = context
  if (viewer === null) throw graphQLError('UNAUTHENTICATED')
  return orStoreRefusal(context, () => action(administration, { accountId: viewer.accountId }))
}

const OneTimePasswordRef = builder
  .objectRef<Extract<OneTimePasswordOutcome, { ok: true }>>('OneTimePassword')
  .implement({
    description: "Good for nothing but to choose a password of one's own. Told this once.",
    authScopes: ADMIN,
    fields: (t) => ({
      email: t.exposeString('email'),
      oneTimePassword: t.exposeString('oneTimePassword'),
    }),
  })

const OneTimePasswordOutcomeRef = builder.unionType('OneTimePasswordOutcome', {
  types: [OneTimePasswordRef, RefusalRef],
  resolveType: (outcome) => (outcome.ok ? 'OneTimePassword' : 'Refusal'),
})

const AccountInput = builder.inputType('AccountInput', {
  fields: (t) => ({
    name: t.string({ required: true, description: '1 to 200 characters.' }),
    role: t.field({ type: RoleEnum, required: true }),
    skills: t.stringList({
      required: true,
      description: 'Lower-case words of letters, digits and dashes, at most 50. Read for an agent only.',
    }),
  }),
})

const QueueInput = builder.inputType('QueueInput', {
  fields: (t) => ({
    name: t.string({ required: true, description: '1 to 200 characters, unlike those of other queues.' }),
    requiredSkills: t.stringList({ required: true }),
    offerTimeoutSeconds: t.int({ required: true, description: '5 to 120.' }),
    wrapUpSeconds: t.int({ required: true, description: '0 to 3,600.' }),
    entryPoints: t.stringList({
      required: true,
      description: 'Phone numbers (kept as E.164) and mail addresses; each leads to one queue only.',
    }),
  }),
})

builder.mutationFields((t) => ({
  addAccount: t.field({
    type: OneTimePasswordOutcomeRef,
    authScopes: ADMIN,
    args: {
      email: t.arg.string({ required: true }),
      account: t.arg({ type: AccountInput, required: true }),
    },
    resolve: (_root, { email, account }, context) =>
      act(context, (administration, by) => administration.addAccount(by, email, account)),
  }),
  changeAccount: t.field({
    type: OutcomeRef,
    description: 'Another role ends the sessions of the account.',
    authScopes: ADMIN,
    args: {
      accountId: t.arg.id({ required: true }),
      account: t.arg({ type: AccountInput, required: true }),
    },
    resolve: (_root, { accountId, account }, context) =>
      act(context, (administration, by) => administration.changeAccount(by, accountId, account)),
  }),
  giveOneTimePassword: t.field({
    type: OneTimePasswordOutcomeRef,
    description: "Ends all sessions of the account. One's own password is changed with the old one instead.",
    authScopes: ADMIN,
    args: { accountId: t.arg.id({ required: true }) },
    resolve: (_root, { accountId }, context) =>
      act(context, (administration, by) => administration.giveOneTimePassword(by, accountId)),
  }),
  removeAccount: t.field({
    type: OutcomeRef,
    description: 'An agent leaves the floor; what the log tells of them stays.',
    authScopes: ADMIN,
    args: { accountId: t.arg.id({ required: true }) },
    resolve: (_root, { accountId }, context) =>
      act(context, (administration, by) => administration.removeAccount(by, accountId)),
  }),
  addQueue: t.field({
    type: OutcomeRef,
    authScopes: ADMIN,
    args: { queue: t.arg({ type: QueueInput, required: true }) },
    resolve: (_root, { queue }, context) =>
      act(context, (administration, by) => administration.addQueue(by, queue)),
  }),
  changeQueue: t.field({
    type: OutcomeRef,
    authScopes: ADMIN,
    args: {
      queueId: t.arg.globalID({ required: true, for: [QueueRef] }),
      queue: t.arg({ type: QueueInput, required: true }),
    },
    resolve: (_root, { queueId, queue }, context) =>
      act(context, (administration, by) => administration.changeQueue(by, idOf('queue', queueId), queue)),
  }),
}))
