import type { Verdict } from '../../gql/generated/graphql.ts'
import type { MessageKey } from '../../i18n/message-key.ts'

/** Why an agent was or was not chosen, as a sentence. */
export const VERDICT = {
  LONGEST_READY: 'verdict.longestReady',
  READY_LATER: 'verdict.readyLater',
  SKILL_MISSING: 'verdict.skillMissing',
  NOT_READY: 'verdict.notReady',
  RESERVED: 'verdict.reserved',
  ENGAGED: 'verdict.engaged',
  WRAP_UP: 'verdict.wrapUp',
  ALREADY_MISSED_THIS_OFFER: 'verdict.alreadyMissed',
} as const satisfies Record<Verdict, MessageKey>

type Considered = {
  readonly agent: { readonly id: string; readonly skills: readonly string[] }
  readonly eligible: boolean
}

/** How many could take it. */
export const eligibleCount = (considered: readonly Considered[]) =>
  considered.filter((one) => one.eligible).length

/** What the queue asks for and this agent lacks. */
export const missingSkills = (required: readonly string[], skills: readonly string[]) =>
  required.filter((skill) => !skills.includes(skill))

/** Those who could first, the chosen one before all; otherwise the order of the decision. */
export function inOrder<C extends Considered>(considered: readonly C[], chosenAgentId: string): readonly C[] {
  const rank = (one: C) => (one.agent.id === chosenAgentId ? 0 : one.eligible ? 1 : 2)
  return considered
    .map((one, index) => ({ one, index }))
    .sort((a, b) => rank(a.one) - rank(b.one) || a.index - b.index)
    .map(({ one }) => one)
}
