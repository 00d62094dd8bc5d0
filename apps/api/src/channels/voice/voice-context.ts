import type { Actor, CustomerId } from '@centralino/domain'
import { type CommandContext, uuidv5 } from '@centralino/event-store'
import type { EdgeFact } from '@centralino/telephony/edge-contract'
import { hubActor } from '../../commands/because.ts'

const keyOf = (fact: EdgeFact): string => `fact ${fact.edgeRun}/${fact.number}`

/** The context of a command that a fact makes: the fact's number is the key, so a fact told twice has its effect once. */
export const fromFact = (
  fact: EdgeFact,
  purpose: string,
  more: { readonly actor?: Actor; readonly customerId?: CustomerId } = {},
): CommandContext => ({
  actor: more.actor ?? hubActor('voice'),
  correlationId: uuidv5(keyOf(fact)),
  causationId: null,
  ...(more.customerId === undefined ? {} : { customerId: more.customerId }),
  idempotencyKey: `${keyOf(fact)}/${purpose}`,
})
