/** What came of trying to sign in. */
export type SignInOutcome =
  | { readonly status: 'signedIn' }
  | { readonly status: 'wrongCredentials' }
  | { readonly status: 'tooManyTries'; readonly retryAfterSeconds: number }
  | { readonly status: 'unreachable' }

const DEFAULT_WAIT_SECONDS = 30

/** `POST /auth/sign-in`: 204 with the session's cookie, 401 `WRONG_CREDENTIALS`, 429 `TOO_MANY_TRIES`. */
export async function signIn(
  credentials: { readonly email: string; readonly password: string },
  send: typeof fetch = fetch,
): Promise<SignInOutcome> {
  try {
    const response = await send('/auth/sign-in', post(credentials))
    if (response.ok) return { status: 'signedIn' }
    const body: unknown = await response.json().catch(() => null)
    switch (field(body, 'code')) {
      case 'WRONG_CREDENTIALS':
        return { status: 'wrongCredentials' }
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
  } catch {
    return { status: 'unreachable' }
  }
}

/** `POST /auth/sign-out`: the session is over; false when the hub was not reached. */
export async function signOut(send: typeof fetch = fetch): Promise<boolean> {
  try {
    return (await send('/auth/sign-out', post({}))).ok
  } catch {
    return false
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
