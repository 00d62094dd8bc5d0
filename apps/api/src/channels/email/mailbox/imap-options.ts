import type { ImapFlowOptions } from 'imapflow'

/** `imap[s]://user:password@host:port/mailbox` as imapflow's options; the mailbox is INBOX when the path is empty. */
export const imapOptions = (url: string): { readonly client: ImapFlowOptions; readonly mailbox: string } => {
  const { protocol, hostname, port, username, password, pathname, searchParams } = new URL(url)
  const secure = protocol === 'imaps:'
  return {
    mailbox: decodeURIComponent(pathname.slice(1)) || 'INBOX',
    client: {
      host: hostname,
      port: port === '' ? (secure ? 993 : 143) : Number(port),
      secure,
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      // For a server on the same machine with a certificate of its own making.
      ...(searchParams.get('verify') === 'no' ? { tls: { rejectUnauthorized: false } } : {}),
      logger: false,
      connectionTimeout: 15_000,
      greetingTimeout: 10_000,
      // A server that stops answering is noticed within these; IDLE is renewed each minute, so a live one always answers.
      socketTimeout: 90_000,
      maxIdleTime: 60_000,
    },
  }
}
