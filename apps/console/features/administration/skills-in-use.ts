import { skillName } from '../../format/skill.ts'
import { LOCALES } from '../../i18n/routing.ts'
import type { Account, Queue } from './use-administration.ts'

/** Agents are accounts with a place on the floor. */
export const agentsAmong = (accounts: readonly Account[]): readonly Account[] =>
  accounts.filter(({ agent }) => agent !== null)

/** The agents who may take what waits in a queue: those who have every skill that it requires. */
export function agentsFor(
  queue: Pick<Queue, 'requiredSkills'>,
  accounts: readonly Account[],
): readonly Account[] {
  return agentsAmong(accounts).filter(({ agent }) =>
    queue.requiredSkills.every((skill) => agent?.skills.includes(skill)),
  )
}

/** Every skill that an agent has or a queue requires, and the console's own languages: languages first, each once. */
export function skillsInUse(
  accounts: readonly Account[],
  queues: readonly Pick<Queue, 'requiredSkills'>[],
  locale: string,
): readonly string[] {
  const all = new Set([
    ...LOCALES.map((language) => `lang-${language}`),
    ...accounts.flatMap(({ agent }) => agent?.skills ?? []),
    ...queues.flatMap(({ requiredSkills }) => requiredSkills),
  ])
  const isLanguage = (skill: string) => Number(skill.startsWith('lang-'))
  return [...all].sort(
    (a, b) =>
      isLanguage(b) - isLanguage(a) || skillName(a, locale).localeCompare(skillName(b, locale), locale),
  )
}
