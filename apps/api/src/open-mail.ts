import { join } from 'node:path'
import { createMailChannel, type MailChannel, type MailChannelOptions } from './channels/email/index.ts'
import { createImapMailbox } from './channels/email/mailbox/imap-mailbox.ts'
import { mailboxPlace } from './channels/email/mailbox/mailbox-place.ts'
import { createFolderTransport } from './channels/email/outbox/folder-transport.ts'
import { createSmtpTransport } from './channels/email/outbox/smtp-transport.ts'
import type { Config } from './config.ts'
import { stateFile } from './reactors/state-file.ts'

/** Where the demo's mails go that no server takes. */
export const demoTransport = (dataDir: string) => createFolderTransport(join(dataDir, 'outbox'))

/** A part of the composition root: the mail channel with the mailbox and the server that the configuration names. */
export const openMail = (
  config: Pick<Config, 'dataDir' | 'mail'>,
  rooms: Omit<MailChannelOptions, 'dataDir' | 'openMailbox' | 'transport' | 'address' | 'offersAutomatic'>,
): MailChannel => {
  const { dataDir, mail } = config
  const { imapUrl, smtpUrl, address, offersAutomatic } = mail
  return createMailChannel({
    ...rooms,
    dataDir,
    address,
    offersAutomatic: new Set(offersAutomatic),
    openMailbox:
      imapUrl === null
        ? null
        : (listener) =>
            createImapMailbox({
              ...listener,
              url: imapUrl,
              place: stateFile(join(dataDir, 'mailbox.json'), mailboxPlace),
              clock: rooms.clock,
            }),
    transport: smtpUrl === null ? demoTransport(dataDir) : createSmtpTransport(smtpUrl),
  })
}
