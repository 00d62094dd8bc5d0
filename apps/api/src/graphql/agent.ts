import { fromJson } from '@centralino/projections'
import { EVERYBODY, FLOOR } from './access.ts'
import { NotReadyReasonEnum, PresenceStatusEnum } from './enums.ts'
import { idOf } from './ids.ts'
import { AgentRef, PresenceRef } from './refs.ts'
import { builder } from './schema-builder.ts'

const NOT_READY_REASONS = ['break', 'training', 'meeting', 'missedOffer', 'connectionLost'] as const

builder.node(AgentRef, {
  authScopes: { role: EVERYBODY },
  id: { resolve: (agent) => agent.agent_id },
  loadOne: (id, { readModels }) => readModels.agent(idOf('agent', { id })),
  fields: (t) => ({
    name: t.exposeString('name'),
    skills: t.stringList({ authScopes: { role: FLOOR }, resolve: (agent) => [...fromJson(agent.skills)] }),
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
