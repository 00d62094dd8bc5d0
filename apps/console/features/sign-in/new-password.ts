import type { MessageKey } from '../../i18n/message-key.ts'
import type { SignInOutcome } from './sign-in-request.ts'

export type PasswordField = 'current' | 'next' | 'repeated'
export type PasswordFault = {
  /** Null: with none of the fields. */
  readonly field: PasswordField | null
  readonly key: MessageKey
  readonly values?: { readonly seconds: number }
}

/** Characters (UTF-16 code units), as the hub counts them. */
export const SHORTEST_PASSWORD = 12
export const LONGEST_PASSWORD = 1024

/** What is wrong before anything is sent, first field first; null: nothing. */
export function faultIn(typed: Readonly<Record<PasswordField, string>>): PasswordFault | null {
  if (typed.current === '') return { field: 'current', key: 'password.currentMissing' }
  if (typed.next.length < SHORTEST_PASSWORD) return { field: 'next', key: 'password.tooShort' }
  if (typed.next === typed.current) return { field: 'next', key: 'password.same' }
  if (typed.next !== typed.repeated) return { field: 'repeated', key: 'password.differ' }
  return null
}

/** What the hub found; null: the password is changed. */
export function faultOf(outcome: SignInOutcome): PasswordFault | null {
  switch (outcome.status) {
    case 'signedIn':
      return null
    case 'wrongCredentials':
      return { field: 'current', key: 'password.currentWrong' }
    case 'samePassword':
      return { field: 'next', key: 'password.same' }
    case 'badInput':
      return { field: 'next', key: 'password.tooShort' }
    case 'tooManyTries':
      return { field: null, key: 'signIn.tooMany', values: { seconds: outcome.retryAfterSeconds } }
    case 'passwordMustChange':
    case 'unreachable':
      return { field: null, key: 'signIn.unreachable' }
  }
}
