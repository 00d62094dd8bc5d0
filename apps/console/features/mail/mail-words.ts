import type { MailStatus } from '../../gql/generated/graphql.ts'
import type { MessageKey } from '../../i18n/message-key.ts'
import type { IconName } from '../../ui/icons.tsx'

/** How a sent mail stands. A received one needs no word. */
export const MAIL_STATUS = {
  RECEIVED: null,
  SENDING: { label: 'mail.sending', icon: 'clock', className: 'sla' },
  SENT: { label: 'mail.sent', icon: 'check', className: 'sla' },
  RETRYING: { label: 'mail.retrying', icon: 'warn', className: 'sla sla-warn' },
  BOUNCED: { label: 'mail.bounced', icon: 'flag', className: 'sla sla-late' },
  FAILED: { label: 'mail.failed', icon: 'flag', className: 'sla sla-late' },
} as const satisfies Record<
  MailStatus,
  { readonly label: MessageKey; readonly icon: IconName; readonly className: string } | null
>

/** Of a sent mail that is not there yet, as far as was reported. */
export const MAIL_DELAYED = { label: 'mail.delayed', icon: 'warn', className: 'sla sla-warn' } as const

/** What was wrong with a mail that was kept all the same. */
const DEFECTS: ReadonlyMap<string, MessageKey> = new Map(
  Object.entries({
    brokenMime: 'mail.brokenMime',
    tooLargeToShow: 'mail.tooLargeToShow',
    noMessageId: 'mail.noMessageId',
    noSender: 'mail.noSender',
    addressLeftOut: 'mail.addressLeftOut',
    htmlNotShown: 'mail.htmlNotShown',
    textCut: 'mail.textCut',
    attachmentsLeftOut: 'mail.attachmentsLeftOut',
  } as const satisfies Readonly<Record<string, MessageKey>>),
)

export const defectKey = (defect: string): MessageKey => DEFECTS.get(defect) ?? 'mail.someDefect'
