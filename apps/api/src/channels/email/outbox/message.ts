import type { MailAddress } from '@centralino/domain'
import type { SendMailOptions } from 'nodemailer'
import type { OutgoingMail } from './mail-transport.ts'

const address = ({ name, address: at }: MailAddress) => ({ name: name ?? '', address: at })

/** As nodemailer takes it. nodemailer encodes names and subject (RFC 2047) and folds the headers. */
export const asNodemailer = (mail: OutgoingMail): SendMailOptions => ({
  messageId: mail.messageId,
  ...(mail.inReplyTo === null ? {} : { inReplyTo: mail.inReplyTo }),
  references: [...mail.references],
  from: address(mail.from),
  to: mail.to.map(address),
  subject: mail.subject,
  text: mail.text,
  date: new Date(mail.date),
  // A reader's files and addresses must never be fetched because a text looks like a path.
  disableFileAccess: true,
  disableUrlAccess: true,
})
