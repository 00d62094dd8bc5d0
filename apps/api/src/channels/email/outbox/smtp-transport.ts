import { createTransport } from 'nodemailer'
import type { HandOver, MailTransport } from './mail-transport.ts'
import { asNodemailer } from './message.ts'

const MOST_CONNECTIONS = 3

const asFailure = (error: unknown): HandOver => {
  const { code, responseCode } = (error instanceof Error ? error : {}) as {
    code?: string
    responseCode?: number
  }
  if (responseCode !== undefined) {
    // A refused login (535) is the operator's to mend; the mail itself was not judged.
    const judged = responseCode >= 500 && code !== 'EAUTH'
    return { outcome: 'failed', code: `SMTP_${responseCode}`, permanent: judged }
  }
  // nodemailer's words for a mail that can never go: no usable recipient or content.
  const hopeless = code === 'EENVELOPE' || code === 'EMESSAGE'
  return { outcome: 'failed', code: code ?? 'SMTP_FAILED', permanent: hopeless }
}

/**
 * Hands mails to the server of `smtp[s]://user:password@host:port` (`?verify=no` trusts any certificate, for a server on
 * the same machine). Time limits: 10 s to connect and to be greeted, 60 s for each answer.
 */
export const createSmtpTransport = (url: string): MailTransport => {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url)
  const secure = protocol === 'smtps:'
  const transport = createTransport({
    pool: true,
    maxConnections: MOST_CONNECTIONS,
    host: hostname,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    ...(searchParams.get('verify') === 'no' ? { tls: { rejectUnauthorized: false } } : {}),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
  })
  return {
    handsTo: 'server',
    send: async (mail) => {
      try {
        const { response, rejected } = await transport.sendMail(asNodemailer(mail))
        return { outcome: 'sent', response: response.slice(0, 200), refusedRecipients: rejected.length }
      } catch (error) {
        return asFailure(error)
      }
    },
    [Symbol.asyncDispose]: async () => transport.close(),
  }
}
