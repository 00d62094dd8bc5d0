import { EVERYBODY } from './access.ts'
import { RoleEnum } from './enums.ts'
import { AgentRef, MeRef } from './refs.ts'
import { rows } from './row-cache.ts'
import { builder } from './schema-builder.ts'

MeRef.implement({
  authScopes: { role: EVERYBODY },
  fields: (t) => ({
    accountId: t.id({ resolve: (viewer) => viewer.accountId }),
    name: t.exposeString('name'),
    email: t.exposeString('email'),
    role: t.field({ type: RoleEnum, resolve: (viewer) => viewer.role }),
    agent: t.field({
      type: AgentRef,
      nullable: true,
      resolve: (viewer, _args, context, info) =>
        viewer.agentId === null ? null : rows(context, info).agent(viewer.agentId),
    }),
    locale: t.exposeString('locale', { nullable: true }),
  }),
})

builder.queryField('me', (t) =>
  t.field({
    type: MeRef,
    nullable: true,
    description: 'Who is signed in; null when nobody is. The one field that asks for no role.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
)
