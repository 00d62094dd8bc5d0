import type { Dialog } from '../dialog/dialog.ts'
import { header } from '../message/headers.ts'
import type { SipResponse } from '../message/message.ts'
import { createResponse } from '../message/response.ts'
import type { InviteServerTransaction } from '../transaction/invite-server-transaction.ts'
import { allowHeader, type Core, contactFor, supportedHeader } from './core.ts'

/** 200 to an INVITE (§13.3.1.4): Contact, what we support, our SDP. `beginsDialog` copies Record-Route (§12.1.1). */
export const acceptedContent = (
  core: Core,
  invite: InviteServerTransaction,
  dialog: Dialog,
  sdp: string,
  beginsDialog: boolean,
): SipResponse =>
  createResponse(invite.request, 200, {
    toTag: dialog.id.localTag,
    copyRecordRoute: beginsDialog,
    headers: [contactFor(core, invite), allowHeader, supportedHeader, header('Server', core.name)],
    body: { type: 'application/sdp', text: sdp },
  })
