import type { InteractionTable } from '@centralino/projections'
import { fromJson } from '@centralino/projections'
import { CUSTOMERS, EVERYBODY, FLOOR } from './access.ts'
import { NotReadyReasonEnum, PresenceStatusEnum } from './enums.ts'
import { idOf } from './ids.ts'
import { AgentRef, PresenceRef } from './refs.ts'
import { rows } from './row-cache.ts'
import { builder } from './schema-builder.ts'

const NOT_READY_REASONS = ['break', 'training', 'meeting', 'missedOffer', 'connectionLost'] as const

const MailInHandRef = builder.objectRef<InteractionTable>('MailInHand').implement({
  authScopes: { role: FLOOR },
  fields: (t) => ({
    interactionId: t.globalID({
      description: "The interaction's id.",
      resolve: ({ interaction_id }) => ({ type: 'Interaction', id: interaction_id }),
    }),
    subject: t.string({
      nullable: true,
      description: 'Null for who may not read contacts.',
      resolve: ({ subject }, _args, { viewer }) =>
        viewer !== null && CUSTOMERS.includes(viewer.role) ? subject : null,
    }),
    since: t.field({
      type: 'Instant',
      nullable: true,
      resolve: ({ handling_started_at }) => handling_started_at,
    }),
  }),
})

builder.node(AgentRef, {
  authScopes: { role: EVERYBODY },
  id: { resolve: (agent) => agent.agent_id },
  loadOne: (id, { readModels }) => readModels.agent(idOf('agent', { id })),
  fields: (t) => ({
    name: t.exposeString('name'),
    skills: t.stringList({ authScopes: { role: FLOOR }, resolve: (agent) => [...fromJson(agent.skills)] }),
    mailInHand: t.field({
      type: MailInHandRef,
      nullable: true,
      description: 'The mail that the agent is answering: `putBackMail` takes it out of their hand.',
      authScopes: { role: FLOOR },
      resolve: async ({ presence, interaction_id }, _args, context, info) => {
        if (presence !== 'engaged' || interaction_id === null) return null
        const interaction = await rows(context, info).interaction(interaction_id)
        return interaction?.channel === 'email' ? interaction : null
      },
    }),
    presence: t.field({ type: PresenceRef, authScopes: { role: FLOOR }, resolve: (agent) => agent }),
  }),
})

PresenceRef.implement({
  authScopes: { role: FLOOR },
  fields: (t) => ({
    status: t.field({ type: PresenceStatusEnum, resolve: (agent) => agent.presence }),
    reason: t.field({
      type: NotReadyReasonEnum,
      nullable: true,
      resolve: (agent) => NOT_READY_REASONS.find((reason) => reason === agent.presence_reason) ?? null,
    }),
    since: t.field({ type: 'Instant', nullable: true, resolve: (agent) => agent.presence_since }),
    until: t.field({ type: 'Instant', nullable: true, resolve: (agent) => agent.presence_until }),
  }),
})
