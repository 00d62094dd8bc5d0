import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256Hex } from '@centralino/event-store'
import { createTransport } from 'nodemailer'
import type { MailTransport } from './mail-transport.ts'
import { asNodemailer } from './message.ts'

/** Demo mode's far end: each mail becomes one `.eml` file, named by date and Message-ID; a repeat writes the same file. */
export const createFolderTransport = (folder: string): MailTransport => {
  const compose = createTransport({ streamTransport: true, buffer: true })
  return {
    handsTo: 'folder',
    send: async (mail) => {
      const { message } = await compose.sendMail(asNodemailer(mail))
      const name = `${mail.date.replace(/[:.]/g, '-')}-${sha256Hex(mail.messageId).slice(0, 12)}.eml`
      try {
        await mkdir(folder, { recursive: true })
        await writeFile(join(folder, `${name}.part`), message as Buffer)
        await rename(join(folder, `${name}.part`), join(folder, name))
        return { outcome: 'sent', response: `written to outbox/${name}`, refusedRecipients: 0 }
      } catch (error) {
        return {
          outcome: 'failed',
          code: (error as NodeJS.ErrnoException).code ?? 'FOLDER_FAILED',
          permanent: false,
        }
      }
    },
    [Symbol.asyncDispose]: async () => compose.close(),
  }
}
