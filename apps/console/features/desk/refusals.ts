import type { MessageKey } from '../../i18n/message-key.ts'

/** What each refusal of the hub says to the agent. A code that is not here says that it did not work, and what to do. */
const SENTENCES: Readonly<Record<string, MessageKey>> = {
  AGENT_BUSY: 'refusal.agentBusy',
  AGENT_NOT_ON_FLOOR: 'refusal.agentNotOnFloor',
  OFFER_NOT_OPEN: 'refusal.offerNotOpen',
  OFFER_NOT_YOURS: 'refusal.offerNotOpen',
  OFFER_STILL_STANDS: 'refusal.agentBusy',
  CALL_ENDED: 'refusal.callEnded',
  CALL_UNKNOWN: 'refusal.callEnded',
  LEG_ENDED: 'refusal.callEnded',
  LEG_UNKNOWN: 'refusal.callEnded',
  ILLEGAL_LEG_MOVE: 'refusal.notYetConnected',
  NO_CURRENT_CALL: 'refusal.callEnded',
  NOT_CONNECTED: 'refusal.notYetConnected',
  NOT_YOURS: 'refusal.notYours',
  NOT_A_CANDIDATE: 'refusal.notACandidate',
  NOTE_TOO_LONG: 'refusal.noteTooLong',
  WRONG_STATUS: 'refusal.wrongStatus',
  INTERACTION_CLOSED: 'refusal.wrongStatus',
  CUSTOMER_NAME_EMPTY: 'refusal.nameEmpty',
  REPLY_EMPTY: 'refusal.replyEmpty',
  REPLY_HAS_NO_RECIPIENT: 'refusal.noRecipient',
  NO_MAIL_CHANNEL: 'refusal.noMailChannel',
  DISK_FULL: 'refusal.logFull',
  LOG_READ_ONLY: 'refusal.logFull',
  LOG_UNAVAILABLE: 'refusal.busy',
  HUB_TOO_BUSY: 'refusal.busy',
  TRY_AGAIN: 'refusal.busy',

  FORBIDDEN: 'refusal.forbidden',
  UNAUTHENTICATED: 'refusal.signedOut',
}

export const refusalKey = (code: string): MessageKey => SENTENCES[code] ?? 'refusal.unknown'
