import express, { type Request, type Response, type Router } from 'express'
import { credentials, passwordChange } from './account.ts'
import { endedSessionCookie, sessionCookie, sessionTokenIn } from './cookies.ts'
import type { Sessions } from './sessions.ts'
import type { SignIn, SignInOutcome } from './sign-in.ts'

/**
 * `POST /auth/sign-in {email, password}` → 204 and the session's cookie; 400 `BAD_INPUT`; 401 `WRONG_CREDENTIALS`;
 * 403 `PASSWORD_MUST_CHANGE` (the one-time password was right: ask for a new one and send it to change-password);
 * 429 `TOO_MANY_TRIES` with `retryAfterSeconds`; 503 `DISK_FULL`, `READ_ONLY` or `TOO_BUSY` while nothing can be written.
 *
 * `POST /auth/change-password {email, password, newPassword}` → 204 and a new session's cookie; every other session of
 * the account ends. 400 `BAD_INPUT` (a new password has at least 12 characters) or `SAME_PASSWORD`, else as above.
 *
 * `POST /auth/sign-out` → 204.
 *
 * The same-origin check stands before all of them. The cookie is `Secure` (RFC 6265 §5.2.5) where people reach the hub over
 * HTTPS, and where the page that asks came over it: a proxy that ends TLS keeps the Origin.
 */
export const authRoutes = (options: {
  readonly signIn: SignIn
  readonly sessions: Sessions
  /** Behind TLS, as people reach it. */
  readonly https: boolean
}): Router => {
  const { signIn, sessions, https } = options
  const isSecure = ({ headers }: Request): boolean => https || headers.origin?.startsWith('https:') === true
  const router = express.Router()
  router.use(express.json({ limit: '8kb', strict: true }))

  const answer = (request: Request, response: Response, outcome: SignInOutcome): void => {
    if (outcome.outcome === 'signedIn') {
      response.setHeader('set-cookie', sessionCookie(outcome.token, isSecure(request)))
      response.status(204).end()
      return
    }
    const status = STATUS[outcome.code]
    if (outcome.code === 'TOO_MANY_TRIES') {
      response.setHeader('retry-after', String(outcome.retryAfterSeconds))
      response.status(status).json({ code: outcome.code, retryAfterSeconds: outcome.retryAfterSeconds })
      return
    }
    response.status(status).json({ code: outcome.code })
  }

  router.post('/sign-in', async (request: Request, response: Response) => {
    const body = credentials.safeParse(request.body)
    if (!body.success) return void response.status(400).json({ code: 'BAD_INPUT' })
    answer(request, response, await signIn.signIn({ ...body.data, address: request.ip ?? 'unknown' }))
  })

  router.post('/change-password', async (request: Request, response: Response) => {
    const body = passwordChange.safeParse(request.body)
    if (!body.success) return void response.status(400).json({ code: 'BAD_INPUT' })
    answer(request, response, await signIn.changePassword({ ...body.data, address: request.ip ?? 'unknown' }))
  })

  router.post('/sign-out', async (request: Request, response: Response) => {
    const token = sessionTokenIn(request.headers.cookie)
    if (token !== null) await sessions.end(token)
    response.setHeader('set-cookie', endedSessionCookie(isSecure(request)))
    response.status(204).end()
  })
  return router
}

const STATUS = {
  WRONG_CREDENTIALS: 401,
  PASSWORD_MUST_CHANGE: 403,
  SAME_PASSWORD: 400,
  TOO_MANY_TRIES: 429,
} as const satisfies Record<Extract<SignInOutcome, { outcome: 'refused' }>['code'], number>
