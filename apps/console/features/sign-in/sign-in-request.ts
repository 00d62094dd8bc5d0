/** What came of trying to sign in, or of choosing a new password, which signs in too. */
export type SignInOutcome =
  | { readonly status: 'signedIn' }
  | { readonly status: 'wrongCredentials' }
  /** The one-time password was right, and is good for nothing but choosing one's own. */
  | { readonly status: 'passwordMustChange' }
  /** The new password is the old one. */
  | { readonly status: 'samePassword' }
  /** Too short or too long: the hub did not look any further. */
  | { readonly status: 'badInput' }
  | { readonly status: 'tooManyTries'; readonly retryAfterSeconds: number }
  | { readonly status: 'unreachable' }

export type Credentials = { readonly email: string; readonly password: string }

const DEFAULT_WAIT_SECONDS = 30

/**
 * `POST /auth/sign-in`: 204 with the session's cookie, 400 `BAD_INPUT`, 401 `WRONG_CREDENTIALS`, 403
 * `PASSWORD_MUST_CHANGE`, 429 `TOO_MANY_TRIES`.
 */
export const signIn = (credentials: Credentials, send: typeof fetch = fetch): Promise<SignInOutcome> =>
  ask('/auth/sign-in', credentials, send)

/**
 * `POST /auth/change-password`: 204 with a new session's cookie, all other sessions of the account are over; 400
 * `SAME_PASSWORD`, else as above.
 */
export const changePassword = (
  change: Credentials & { readonly newPassword: string },
  send: typeof fetch = fetch,
): Promise<SignInOutcome> => ask('/auth/change-password', change, send)

/** `POST /auth/sign-out`: the session is over; false when the hub was not reached. */
export async function signOut(send: typeof fetch = fetch): Promise<boolean> {
  try {
    return (await send('/auth/sign-out', post({}))).ok
  } catch {
    return false
  }
}

async function ask(path: string, body: unknown, send: typeof fetch): Promise<SignInOutcome> {
  try {
    const response = await send(path, post(body))
    if (response.ok) return { status: 'signedIn' }
    return refusal(await response.json().catch(() => null))
  } catch {
    return { status: 'unreachable' }
  }
}

function refusal(body: unknown): SignInOutcome {
  switch (field(body, 'code')) {
    case 'WRONG_CREDENTIALS':
      return { status: 'wrongCredentials' }
    case 'PASSWORD_MUST_CHANGE':
      return { status: 'passwordMustChange' }
    case 'SAME_PASSWORD':
      return { status: 'samePassword' }
    case 'BAD_INPUT':
      return { status: 'badInput' }
    case 'TOO_MANY_TRIES': {
      const seconds = field(body, 'retryAfterSeconds')
      return {
        status: 'tooManyTries',
        retryAfterSeconds: typeof seconds === 'number' ? seconds : DEFAULT_WAIT_SECONDS,
      }
    }
    default:
      return { status: 'unreachable' }
  }
}

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  credentials: 'same-origin',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined
}
