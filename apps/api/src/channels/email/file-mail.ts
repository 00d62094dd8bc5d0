import type { InteractionId, ThreadId } from '@centralino/domain'
import type { Notices } from '../../observability/notices.ts'
import type { IncomingMail } from './to-command.ts'

export type Filed = { readonly threadId: ThreadId; readonly interactionId: InteractionId }

/** A mail that stays out however often it is brought. Its raw form is among the files and in the mailbox. */
export class CannotBeFiledError extends Error {
  override readonly name = 'CannotBeFiledError'
  readonly code = 'MAIL_CANNOT_BE_FILED'
}

/** The domain's answer to a received mail was no. */
export class MailRefusedError extends Error {
  readonly code = 'MAIL_REFUSED'
}

/** Codes of what the mail itself is to blame for: bringing it again ends the same way. */
const LASTING: ReadonlySet<string> = new Set(['INVALID_EVENT', 'EVENT_ID_REUSED', 'MAIL_REFUSED'])

/** What may pass (a full disk, a queue not set up) has a literal code; an error without one is a bug that the mail meets. */
const lastingCause = (error: unknown): string | null => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code !== 'string') return 'UNEXPECTED'
  return LASTING.has(code) ? code : null
}

/** Whose mail it is, and its raw form; nothing else that its sender wrote. */
const withoutDetails = (mail: IncomingMail): IncomingMail => ({
  ...mail,
  follows: [],
  content: {
    mailId: mail.mailId,
    headers: { ...mail.content.headers, inReplyTo: null, references: [] },
    from: { name: null, address: mail.content.from.address },
    to: [],
    cc: [],
    subject: '',
    excerpt: '',
    text: null,
    html: null,
    attachments: [],
    raw: mail.content.raw,
    defects: [...new Set([...mail.content.defects, 'brokenMime' as const])],
    automatic: mail.content.automatic,
  },
})

/**
 * Files a mail, and one that is refused for good as broken: in the hands of the same customer, with its raw form alone.
 * Throws what may pass as it is, so that the mail is brought again, and a {@link CannotBeFiledError} when nothing helps:
 * then it must be passed over, or no later mail would come in.
 */
export const createFileMail =
  (options: {
    readonly receive: (mail: IncomingMail) => Promise<Filed>
    readonly notices: Pick<Notices, 'report'>
  }) =>
  async (mail: IncomingMail): Promise<Filed> => {
    try {
      return await options.receive(mail)
    } catch (error) {
      const cause = lastingCause(error)
      if (cause === null) throw error
      const filed = await options.receive(withoutDetails(mail)).catch((again: unknown) => {
        throw lastingCause(again) === null ? again : new CannotBeFiledError(cause, { cause: again })
      })
      options.notices.report('MAIL_FILED_BROKEN', { mail: mail.mailId, cause })
      return filed
    }
  }
