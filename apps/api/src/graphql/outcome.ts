import type { Outcome } from '../desk/desk-actions.ts'
import { EVERYBODY } from './access.ts'
import { builder } from './schema-builder.ts'

const DoneRef = builder.objectRef<{ readonly ok: true }>('Done').implement({
  authScopes: { role: EVERYBODY },
  fields: (t) => ({ ok: t.exposeBoolean('ok') }),
})

export const RefusalRef = builder
  .objectRef<{ readonly ok: false; readonly code: string }>('Refusal')
  .implement({
    description:
      'A refusal that a person can act on. `code` is literal; the console has a sentence for each.',
    authScopes: { role: EVERYBODY },
    fields: (t) => ({ code: t.exposeString('code') }),
  })

/** What every mutation answers. */
export const OutcomeRef = builder.unionType('Outcome', {
  types: [DoneRef, RefusalRef],
  resolveType: (outcome: Outcome) => (outcome.ok ? 'Done' : 'Refusal'),
})
