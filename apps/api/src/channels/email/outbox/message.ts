import type { MailAddress } from '@centralino/domain'
import type { SendMailOptions } from 'nodemailer'
import type { OutgoingMail } from './mail-transport.ts'

const address = ({ name, address: at }: MailAddress) => ({ name: name ?? '', address: at })

/** Characters (RFC 3461 §4.4). */
const LONGEST_ENVELOPE_ID = 100

/** As nodemailer takes it. nodemailer encodes names and subject (RFC 2047) and folds the headers.
 * A server that does delivery reports is asked for them (RFC 3461), with our Message-ID as ENVID to know them by. */
export const asNodemailer = (mail: OutgoingMail): SendMailOptions => ({
  messageId: mail.messageId,
  ...(mail.inReplyTo === null ? {} : { inReplyTo: mail.inReplyTo }),
  references: [...mail.references],
  from: address(mail.from),
  to: mail.to.map(address),
  subject: mail.subject,
  text: mail.text,
  date: new Date(mail.date),
  dsn: {
    ...(mail.messageId.length <= LONGEST_ENVELOPE_ID + 2 ? { id: mail.messageId.slice(1, -1) } : {}),
    return: 'headers',
    notify: ['failure', 'delay'],
  },
  // A reader's files and addresses must never be fetched because a text looks like a path.
  disableFileAccess: true,
  disableUrlAccess: true,
})
