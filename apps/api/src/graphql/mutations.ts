import type { CustomerProfile } from '@centralino/domain'
import type { Outcome } from '../commands/outcome.ts'
import type { Caller, PutsBack } from '../desk/desk-actions.ts'
import { FLOOR_LEADS } from './access.ts'
import type { GraphQLContext } from './context.ts'
import { deskAgentOf } from './desk.ts'
import { DispositionEnum, NotReadyReasonEnum } from './enums.ts'
import { graphQLError } from './errors.ts'
import { idOf } from './ids.ts'
import { OutcomeRef } from './outcome.ts'
import { CustomerRef, InteractionRef, OfferRef } from './refs.ts'
import type { RefusalCode } from './refusal-codes.ts'
import { builder } from './schema-builder.ts'
import { orStoreRefusal } from './store-refusal.ts'

const DESK = { desk: true } as const

/** Runs a desk action for the viewer. */
const act = (
  context: GraphQLContext,
  action: (by: Caller) => Promise<Outcome<RefusalCode>>,
): Promise<Outcome<RefusalCode>> => {
  const agentId = deskAgentOf(context)
  return orStoreRefusal(context, () => action({ actor: { kind: 'agent', id: agentId }, agentId }))
}

/** An agent for themselves; who leads the floor, whose role was checked before, by their account. */
const whoPutsBack = ({ viewer }: GraphQLContext): PutsBack => {
  if (viewer === null) throw graphQLError('UNAUTHENTICATED')
  const { role, agentId, accountId } = viewer
  return role === 'agent' && agentId !== null
    ? { actor: { kind: 'agent', id: agentId }, agentId }
    : { actor: { kind: 'user', id: accountId }, agentId: null }
}

const PLAIN = ['becomeReady', 'signOff', 'hold', 'resume', 'mute', 'unmute', 'hangUp'] as const

for (const name of PLAIN) {
  builder.mutationField(name, (t) =>
    t.field({
      type: OutcomeRef,
      authScopes: DESK,
      resolve: (_root, _args, context) => act(context, (by) => context.deskActions[name](by)),
    }),
  )
}

for (const name of ['acceptOffer', 'declineOffer'] as const) {
  builder.mutationField(name, (t) =>
    t.field({
      type: OutcomeRef,
      authScopes: DESK,
      args: { offerId: t.arg.globalID({ required: true, for: [OfferRef] }) },
      resolve: (_root, args, context) =>
        act(context, (by) => context.deskActions[name](by, idOf('offer', args.offerId))),
    }),
  )
}

const ProfileInput = builder.inputType('ProfileInput', {
  fields: (t) => ({
    name: t.string({ required: true }),
    language: t.string(),
    place: t.string(),
  }),
})

const LANGUAGES = ['en', 'it', 'pl'] as const

const profileOf = (input: {
  name: string
  language?: string | null | undefined
  place?: string | null | undefined
}): CustomerProfile => {
  const language = LANGUAGES.find((known) => known === input.language) ?? null
  if (input.language != null && language === null)
    throw graphQLError('BAD_INPUT', 'language must be en, it or pl.')
  if (input.name.length > 200 || (input.place?.length ?? 0) > 200) {
    throw graphQLError('BAD_INPUT', 'A name and a place have at most 200 characters.')
  }
  return { name: input.name.trim(), language, place: input.place?.trim() || null, customerSince: null }
}

builder.mutationFields((t) => ({
  becomeNotReady: t.field({
    type: OutcomeRef,
    authScopes: DESK,
    args: { reason: t.arg({ type: NotReadyReasonEnum, required: true }) },
    resolve: (_root, { reason }, context) => {
      // The other two are the floor's own findings.
      if (reason === 'missedOffer' || reason === 'connectionLost') {
        throw graphQLError('BAD_INPUT', 'reason must be BREAK, TRAINING or MEETING.')
      }
      return act(context, (by) => context.deskActions.becomeNotReady(by, reason))
    },
  }),
  wrapUp: t.field({
    type: OutcomeRef,
    authScopes: DESK,
    args: {
      interactionId: t.arg.globalID({ required: true, for: [InteractionRef] }),
      disposition: t.arg({ type: DispositionEnum, required: true }),
      note: t.arg.string({ required: true }),
    },
    resolve: (_root, args, context) =>
      act(context, (by) =>
        context.deskActions.wrapUp(by, idOf('interaction', args.interactionId), args.disposition, args.note),
      ),
  }),
  chooseCustomer: t.field({
    type: OutcomeRef,
    authScopes: DESK,
    args: {
      interactionId: t.arg.globalID({ required: true, for: [InteractionRef] }),
      customerId: t.arg.globalID({ required: true, for: [CustomerRef] }),
    },
    resolve: (_root, args, context) =>
      act(context, (by) =>
        context.deskActions.chooseCustomer(
          by,
          idOf('interaction', args.interactionId),
          idOf('customer', args.customerId),
        ),
      ),
  }),
  nameCustomer: t.field({
    type: OutcomeRef,
    authScopes: DESK,
    args: {
      customerId: t.arg.globalID({ required: true, for: [CustomerRef] }),
      profile: t.arg({ type: ProfileInput, required: true }),
    },
    resolve: (_root, args, context) =>
      act(context, (by) =>
        context.deskActions.nameCustomer(by, idOf('customer', args.customerId), profileOf(args.profile)),
      ),
  }),
  putBackMail: t.field({
    type: OutcomeRef,
    description:
      "A mail in hand waits again, at the head of its queue and as long as before. An agent's own; a supervisor's or an administrator's: any.",
    authScopes: { $any: { ...DESK, role: FLOOR_LEADS } },
    args: { interactionId: t.arg.globalID({ required: true, for: [InteractionRef] }) },
    resolve: (_root, args, context) =>
      orStoreRefusal(context, () =>
        context.deskActions.putBackMail(whoPutsBack(context), idOf('interaction', args.interactionId)),
      ),
  }),
  reply: t.field({
    type: OutcomeRef,
    description:
      'Done: the answer is in the log, and the outbox hands it over by SMTP. `close` wraps the interaction up as solved then.',
    authScopes: DESK,
    args: {
      interactionId: t.arg.globalID({ required: true, for: [InteractionRef] }),
      text: t.arg.string({ required: true }),
      close: t.arg.boolean({ required: true }),
    },
    resolve: (_root, args, context) =>
      act(context, (by) =>
        context.deskActions.reply(by, idOf('interaction', args.interactionId), args.text, args.close),
      ),
  }),
}))
