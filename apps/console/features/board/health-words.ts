import type { MailStatus } from '../../gql/generated/graphql.ts'
import type { MessageKey } from '../../i18n/message-key.ts'
import type { IconName } from '../../ui/icons.tsx'

type Look = { readonly label: MessageKey; readonly icon: IconName; readonly className: string }

const WORDS: Readonly<Record<string, Look>> = {
  up: { label: 'health.up', icon: 'check', className: 'sla ok' },
  off: { label: 'health.off', icon: 'stateOffline', className: 'sla' },
  starting: { label: 'health.starting', icon: 'clock', className: 'sla sla-warn' },
  connecting: { label: 'health.starting', icon: 'clock', className: 'sla sla-warn' },
  away: { label: 'health.away', icon: 'warn', className: 'sla sla-late' },
  notWritable: { label: 'health.notWritable', icon: 'warn', className: 'sla sla-late' },
  down: { label: 'health.down', icon: 'warn', className: 'sla sla-late' },
}

/** How a part of the hub is; an unknown word is no good sign. */
export const healthLook = (word: string): Look =>
  WORDS[word] ?? { label: 'health.unknown', icon: 'warn', className: 'sla sla-warn' }

/**
 * How sending is. The hub says `down` from the first mail that was not taken until one is; whether it still tries is told
 * by the mails themselves.
 */
export function smtpLook(word: string, undelivered: readonly { readonly status: MailStatus }[]): Look {
  const tries = undelivered.some((mail) => mail.status === 'RETRYING' || mail.status === 'SENDING')
  return word === 'down' && !tries ? GIVEN_UP : healthLook(word)
}

const GIVEN_UP: Look = { label: 'health.givenUp', icon: 'flag', className: 'sla sla-late' }

const NOTICES: Readonly<Record<string, MessageKey>> = {
  SIGN_IN_SLOWED: 'notice.signInSlowed',
  LOG_REFUSED: 'notice.logRefused',
  EDGE_AWAY: 'notice.edgeAway',
  EVENT_STORE_AWAY: 'notice.eventStoreAway',
  LOG_NOT_WRITABLE: 'notice.logNotWritable',
  CALL_NOT_RECORDED: 'notice.callNotRecorded',
  LOG_ALTERED: 'notice.logAltered',
  LEDGER_KEY_CHANGED: 'notice.ledgerKeyChanged',
  LOG_NOT_SEALED: 'notice.logNotSealed',
  WEBHOOK_DISABLED: 'notice.webhookDisabled',
  WEBHOOK_DEAD_LETTERS: 'notice.webhookDeadLetters',
  IMAP_DOWN: 'notice.imapDown',
  MAILBOX_DOWN: 'notice.imapDown',
  MAILBOX_AWAY: 'notice.imapDown',
  CALL_TO_UNKNOWN_NUMBER: 'notice.unknownNumber',
  CALL_LOST_ITS_QUEUE: 'notice.callFailed',
  CALL_NOT_ANSWERED: 'notice.callFailed',
  CALL_NOT_RETURNED: 'notice.callFailed',
  CALL_REFUSED_BY_EDGE: 'notice.callFailed',
  BRIDGE_REFUSED: 'notice.callFailed',
  MAIL_QUEUE_MISSING: 'notice.mailNoQueue',
  MAIL_NOT_FILED: 'notice.mailNotFiled',
  MAIL_FILED_BROKEN: 'notice.mailFiledBroken',
  MAIL_PASSED_OVER: 'notice.mailPassedOver',
  MAIL_NOT_SANITISED: 'notice.mailNotShown',
  FILE_DAMAGED: 'notice.fileDamaged',
  READ_MODELS_DISK_FULL: 'notice.diskFull',
  SMTP_DOWN: 'notice.smtpDown',
  MAIL_NOT_SENT: 'notice.smtpDown',
  MAIL_GIVEN_UP: 'notice.mailGivenUp',
  MAIL_RECIPIENT_REFUSED: 'notice.mailRecipientRefused',
  MAIL_REPORT_UNMATCHED: 'notice.mailReportUnmatched',
}

export const noticeKey = (code: string): MessageKey => NOTICES[code] ?? 'notice.other'
