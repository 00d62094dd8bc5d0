import type { AccountEntry } from '../administration/administration.ts'
import { ADMINISTRATION } from './access.ts'
import { PasswordStatusEnum, RoleEnum } from './enums.ts'
import { AgentRef } from './refs.ts'
import { builder } from './schema-builder.ts'

const AccountRef = builder.objectRef<AccountEntry>('Account').implement({
  description: 'One login. Accounts are staff, and no part of the log.',
  authScopes: { role: ADMINISTRATION },
  fields: (t) => ({
    id: t.id({
      description: 'As in `Me.accountId`.',
      resolve: (account) => account.accountId,
    }),
    email: t.exposeString('email'),
    name: t.exposeString('name'),
    role: t.field({ type: RoleEnum, resolve: (account) => account.role }),
    agent: t.field({
      type: AgentRef,
      nullable: true,
      description: 'Null for who takes no contacts.',
      resolve: async ({ role, agentId }, _args, { readModels }) => {
        const agent = role === 'agent' && agentId !== null ? await readModels.agent(agentId) : null
        return agent?.left_at === null ? agent : null
      },
    }),
    passwordStatus: t.field({ type: PasswordStatusEnum, resolve: (account) => account.passwordStatus }),
    createdAt: t.field({ type: 'Instant', resolve: (account) => account.createdAt }),
  }),
})

builder.queryField('accounts', (t) =>
  t.field({
    type: [AccountRef],
    description: 'By name.',
    authScopes: { role: ADMINISTRATION },
    resolve: async (_root, _args, { administration }) => [...(await administration.accounts())],
  }),
)
