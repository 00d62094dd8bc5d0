import { ABSOLUTE_MILLISECONDS } from './sessions.ts'

export const SESSION_COOKIE = 'centralino_session'

/** The session's token in a Cookie header (RFC 6265 §5.4), or null. */
export const sessionTokenIn = (header: string | undefined): string | null => {
  for (const pair of header?.split(';') ?? []) {
    const [name, value] = pair.split('=', 2)
    if (name?.trim() === SESSION_COOKIE && value) return value.trim()
  }
  return null
}

export const sessionCookie = (token: string, secure: boolean): string =>
  `${SESSION_COOKIE}=${token}; Path=/; Max-Age=${ABSOLUTE_MILLISECONDS / 1_000}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`

export const endedSessionCookie = (secure: boolean): string =>
  `${SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
