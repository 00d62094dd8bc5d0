import { type CountryCode, normaliseEmail, normalisePhone, type QueueSettings } from '@centralino/domain'
import type { AccountSettings, AdministrationRefusalCode } from './administration.ts'

/** What a person typed, as we keep it; or the code of what is wrong with it. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: AdministrationRefusalCode }

const NAME_MAXIMUM_LENGTH = 200
const SKILLS_AT_MOST = 50
const ENTRY_POINTS_AT_MOST = 200
const SKILL = /^[a-z0-9][a-z0-9-]{0,39}$/

const fault = (code: AdministrationRefusalCode): Parsed<never> => ({ ok: false, code })
const unlike = (words: readonly string[]): string[] => [...new Set(words)]

const nameOf = (
  text: string,
  empty: Extract<AdministrationRefusalCode, 'NAME_EMPTY' | 'QUEUE_NAME_EMPTY'>,
): Parsed<string> => {
  const name = text.trim().normalize('NFC')
  if (name === '') return fault(empty)
  return name.length > NAME_MAXIMUM_LENGTH ? fault('NAME_TOO_LONG') : { ok: true, value: name }
}

/** Words are compared as they are: an agent's `Billing` would never meet a queue's `billing`. */
const skillsOf = (words: readonly string[]): Parsed<readonly string[]> => {
  const skills = unlike(words.map((word) => word.trim().toLowerCase()))
  if (skills.length > SKILLS_AT_MOST || !skills.every((skill) => SKILL.test(skill)))
    return fault('SKILL_INVALID')
  return { ok: true, value: skills }
}

/** As channels look it up: a number in E.164, or a mail address in lower case; null for text that is neither. */
const entryPointOf = (text: string, country: CountryCode): string | null => {
  if (text.includes('@')) return normaliseEmail(text)
  const phone = normalisePhone(text, country)
  return phone.kind === 'phone' ? phone.value : null
}

const entryPointsOf = (texts: readonly string[], country: CountryCode): Parsed<readonly string[]> => {
  const found = texts.map((text) => entryPointOf(text, country)).filter((one) => one !== null)
  if (found.length < texts.length || found.length > ENTRY_POINTS_AT_MOST) return fault('ENTRY_POINT_INVALID')
  return { ok: true, value: unlike(found) }
}

/** In lower case, as sign-in looks it up. */
export const toEmail = (text: string): Parsed<string> => {
  const email = normaliseEmail(text)
  return email === null ? fault('EMAIL_INVALID') : { ok: true, value: email }
}

/** Only an agent keeps skills. */
export const toAccountSettings = (given: AccountSettings): Parsed<AccountSettings> => {
  const { role } = given
  const name = nameOf(given.name, 'NAME_EMPTY')
  if (!name.ok) return name
  const skills = skillsOf(role === 'agent' ? given.skills : [])
  return skills.ok ? { ok: true, value: { name: name.value, role, skills: skills.value } } : skills
}

/** The seconds are the domain's to judge. `country`: whose national numbers are meant by digits without a country code. */
export const toQueueSettings = (given: QueueSettings, country: CountryCode): Parsed<QueueSettings> => {
  const { offerTimeoutSeconds, wrapUpSeconds } = given
  const name = nameOf(given.name, 'QUEUE_NAME_EMPTY')
  if (!name.ok) return name
  const requiredSkills = skillsOf(given.requiredSkills)
  if (!requiredSkills.ok) return requiredSkills
  const entryPoints = entryPointsOf(given.entryPoints, country)
  if (!entryPoints.ok) return entryPoints
  return {
    ok: true,
    value: {
      name: name.value,
      requiredSkills: requiredSkills.value,
      offerTimeoutSeconds,
      wrapUpSeconds,
      entryPoints: entryPoints.value,
    },
  }
}
