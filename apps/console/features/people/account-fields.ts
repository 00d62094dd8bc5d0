import type { AccountInput, Role } from '../../gql/generated/graphql.ts'
import type { Account } from '../administration/use-administration.ts'

/** What is typed and chosen in the form of one account. */
export type AccountFields = {
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly skills: readonly string[]
}

export type AccountField = 'name' | 'email' | 'skills'

export const fieldsOf = (account: Account): AccountFields => ({
  name: account.name,
  email: account.email,
  role: account.role,
  skills: account.agent?.skills ?? [],
})

/** The field that a refusal is about; null: none of them. */
export function fieldOf(code: string): AccountField | null {
  switch (code) {
    case 'NAME_EMPTY':
    case 'NAME_TOO_LONG':
      return 'name'
    case 'EMAIL_INVALID':
    case 'EMAIL_TAKEN':
      return 'email'
    case 'SKILL_INVALID':
      return 'skills'
    default:
      return null
  }
}

/** Only agents have skills: what was ticked before another role was chosen is not sent. */
export const accountInput = ({ name, role, skills }: AccountFields): AccountInput => ({
  name: name.trim(),
  role,
  skills: role === 'AGENT' ? [...skills] : [],
})

/** What is missing before anything is sent, first field first. */
export function missingIn(fields: AccountFields): AccountField | null {
  if (fields.name.trim() === '') return 'name'
  return fields.email.trim() === '' ? 'email' : null
}
