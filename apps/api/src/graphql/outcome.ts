import type { Outcome, Refused } from '../commands/outcome.ts'
import { EVERYBODY } from './access.ts'
import type { RefusalCode } from './refusal-codes.ts'
import { builder } from './schema-builder.ts'

const DoneRef = builder.objectRef<{ readonly ok: true }>('Done').implement({
  authScopes: { role: EVERYBODY },
  fields: (t) => ({ ok: t.exposeBoolean('ok') }),
})

export const RefusalRef = builder.objectRef<Refused<RefusalCode>>('Refusal').implement({
  description: 'A refusal that a person can act on. `code` is literal; the console has a sentence for each.',
  authScopes: { role: EVERYBODY },
  fields: (t) => ({ code: t.exposeString('code') }),
})

/** What every mutation answers. */
export const OutcomeRef = builder.unionType('Outcome', {
  types: [DoneRef, RefusalRef],
  resolveType: (outcome: Outcome<RefusalCode>) => (outcome.ok ? 'Done' : 'Refusal'),
})
