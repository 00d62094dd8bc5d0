import type { MailChannel } from '../channels/email/index.ts'
import type { DeskActions } from '../desk/desk-actions.ts'

/** An answer, and the interaction closed as solved once the answer is in the log. */
export const replyAndClose =
  (mail: Pick<MailChannel, 'reply'>, desk: Pick<DeskActions, 'wrapUp'>): DeskActions['reply'] =>
  async (by, interactionId, text, close) => {
    const replied = await mail.reply(by, interactionId, text)
    return replied.ok && close ? desk.wrapUp(by, interactionId, 'solved', '') : replied
  }
