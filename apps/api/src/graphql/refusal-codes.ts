import type { AdministrationRefusalCode } from '../administration/administration.ts'
import type { ReplyRefusalCode } from '../channels/email/submit-reply.ts'
import type { DeskRefusalCode } from '../desk/desk-actions.ts'
import type { ReplayRefusalCode } from '../replay/replays.ts'
import type { GraphQLErrorCode } from './errors.ts'
import type { StoreRefusalCode } from './store-refusal.ts'

/** Whatever an action may be answered with instead of "done". */
export type RefusalCode =
  | AdministrationRefusalCode
  | DeskRefusalCode
  | ReplayRefusalCode
  | ReplyRefusalCode
  | StoreRefusalCode

const CODES = {
  ACCOUNT_UNKNOWN: true,
  AGENT_BUSY: true,
  AGENT_EXISTS: true,
  AGENT_NAME_EMPTY: true,
  AGENT_NOT_ON_FLOOR: true,
  AGENT_UNKNOWN: true,
  BAD_CURSOR: true,
  BAD_INPUT: true,
  CALL_ENDED: true,
  CALL_EXISTS: true,
  CALL_UNKNOWN: true,
  CUSTOMER_EXISTS: true,
  CUSTOMER_NAME_EMPTY: true,
  CUSTOMER_UNKNOWN: true,
  DAY_INVALID: true,
  DISK_FULL: true,
  EMAIL_INVALID: true,
  EMAIL_TAKEN: true,
  ENTRY_POINT_INVALID: true,
  ENTRY_POINT_TAKEN: true,
  FLOOR_DAY_NOT_OPEN: true,
  FLOOR_DAY_OPEN: true,
  FORBIDDEN: true,
  HUB_TOO_BUSY: true,
  ILLEGAL_LEG_MOVE: true,
  INTERACTION_CLOSED: true,
  INTERACTION_EXISTS: true,
  INTERACTION_UNKNOWN: true,
  INTERNAL: true,
  LAST_ADMIN: true,
  LEG_ENDED: true,
  LEG_UNKNOWN: true,
  LOG_READ_ONLY: true,
  LOG_UNAVAILABLE: true,
  MAIL_UNKNOWN: true,
  NAME_EMPTY: true,
  NAME_TOO_LONG: true,
  NOTE_TOO_LONG: true,
  NOT_A_CANDIDATE: true,
  NOT_A_MAIL: true,
  NOT_CONNECTED: true,
  NOT_YOURS: true,
  NO_CURRENT_CALL: true,
  NO_MAIL_CHANNEL: true,
  OFFER_NOT_OPEN: true,
  OFFER_NOT_YOURS: true,
  OFFER_STILL_STANDS: true,
  OWN_ACCOUNT: true,
  QUEUE_EXISTS: true,
  QUEUE_NAME_EMPTY: true,
  QUEUE_NAME_TAKEN: true,
  QUEUE_TIME_OUT_OF_RANGE: true,
  QUEUE_UNKNOWN: true,
  REASON_TOO_LONG: true,
  REASON_TOO_SHORT: true,
  REPLAY_EXISTS: true,
  REPLAY_NOT_OPEN: true,
  REPLY_EMPTY: true,
  REPLY_HAS_NO_RECIPIENT: true,
  REPLY_TOO_LONG: true,
  SKILL_INVALID: true,
  THREAD_UNKNOWN: true,
  TOO_COMPLEX: true,
  TOO_MANY_SUBSCRIPTIONS: true,
  TRY_AGAIN: true,
  UNAUTHENTICATED: true,
  WORK_KNOWN: true,
  WORK_NOT_HANDLED: true,
  WORK_UNKNOWN: true,
  WRAP_UP_STILL_RUNS: true,
  WRONG_STATUS: true,
} as const satisfies Record<RefusalCode | GraphQLErrorCode, true>

/** The codes to commit, `apps/api/refusal-codes.txt`: whoever shows them to people checks there that none lacks a sentence. */
export const refusalCodesText = (): string => `${Object.keys(CODES).sort().join('\n')}\n`
