import type { ServerResponse } from 'node:http'

/** Passwords by which a test asks for an answer; every other one is right. */
export const ONE_TIME = 'kd7mq-x3tpa-9hzre-w4cnb'
/** Right when signing in, replaced by the time the new one is sent. */
export const REPLACED = 'replaced-one-time-password'
export const WRONG = 'wrong'
export const TOO_OFTEN = 'too often'

const SHORTEST_PASSWORD = 12

type Body = { readonly password?: string; readonly newPassword?: string }

/** Answers as the hub's `/auth` does; true when the person is signed in by it. */
export function answerAuth(path: string, body: Body, response: ServerResponse): boolean {
  const { password, newPassword } = body
  const answer = (status: number, code?: string, more: object = {}) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(code === undefined ? undefined : JSON.stringify({ code, ...more }))
    return status === 204
  }
  if (path === '/auth/sign-out') {
    answer(204)
    return false
  }
  if (password === WRONG) return answer(401, 'WRONG_CREDENTIALS')
  if (password === TOO_OFTEN) return answer(429, 'TOO_MANY_TRIES', { retryAfterSeconds: 8 })
  if (path === '/auth/sign-in') {
    const mustChange = password === ONE_TIME || password === REPLACED
    return mustChange ? answer(403, 'PASSWORD_MUST_CHANGE') : answer(204)
  }
  if (password === REPLACED) return answer(401, 'WRONG_CREDENTIALS')
  if ((newPassword ?? '').length < SHORTEST_PASSWORD) return answer(400, 'BAD_INPUT')
  return newPassword === password ? answer(400, 'SAME_PASSWORD') : answer(204)
}
