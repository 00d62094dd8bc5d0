import { deliveryTroubleOf } from '@centralino/domain'
import { fromJson } from '@centralino/projections'
import { CONVERSATIONS, MAIL_ENVELOPES } from './access.ts'
import { DirectionEnum, MailStatusEnum } from './enums.ts'
import { idOf } from './ids.ts'
import { AgentRef, CustomerRef, MailRef, MailThreadRef } from './refs.ts'
import { rows } from './row-cache.ts'
import { builder } from './schema-builder.ts'

type Address = { readonly name: string | null; readonly address: string }
type File = {
  readonly sha256: string
  readonly bytes: number
  readonly filename: string
  readonly contentType: string
}

/** Where `/files` serves a stored file; the name is only what the browser saves it as. */
export const fileUrl = (sha256: string, filename: string): string =>
  `/files/${sha256}/${encodeURIComponent(filename.replaceAll(/[/\\]/g, '_') || 'file')}`

const MailAddressRef = builder.objectRef<Address>('MailAddress').implement({
  authScopes: { role: MAIL_ENVELOPES },
  fields: (t) => ({ name: t.exposeString('name', { nullable: true }), address: t.exposeString('address') }),
})

const AttachmentRef = builder.objectRef<File>('Attachment').implement({
  authScopes: { role: CONVERSATIONS },
  fields: (t) => ({
    filename: t.exposeString('filename'),
    contentType: t.exposeString('contentType'),
    bytes: t.exposeInt('bytes'),
    url: t.string({ resolve: (file) => fileUrl(file.sha256, file.filename) }),
  }),
})

builder.node(MailThreadRef, {
  authScopes: { role: MAIL_ENVELOPES },
  id: { resolve: ({ thread }) => thread.thread_id },
  loadOne: (id, { readModels }) => readModels.thread(idOf('thread', { id })),
  fields: (t) => ({
    subject: t.string({ resolve: ({ thread }) => thread.subject }),
    customer: t.field({
      type: CustomerRef,
      resolve: ({ thread }, _args, context, info) => rows(context, info).namedCustomer(thread.customer_id),
    }),
    mails: t.field({ type: [MailRef], description: 'Oldest first.', resolve: ({ mails }) => [...mails] }),
  }),
})

builder.node(MailRef, {
  authScopes: { role: MAIL_ENVELOPES },
  id: { resolve: (mail) => mail.mail_id },
  loadOne: (id, { readModels }) => readModels.mail(idOf('mail', { id })),
  fields: (t) => ({
    direction: t.field({ type: DirectionEnum, resolve: (mail) => mail.direction }),
    from: t.field({
      type: MailAddressRef,
      resolve: (mail) => ({ name: mail.from_name, address: mail.from_address }),
    }),
    to: t.field({ type: [MailAddressRef], resolve: (mail) => [...fromJson(mail.to_addresses)] }),
    cc: t.field({ type: [MailAddressRef], resolve: (mail) => [...fromJson(mail.cc_addresses)] }),
    answersTo: t.field({
      type: [MailAddressRef],
      description: 'Whom an answer to it goes to: its Reply-To, else its From.',
      resolve: (mail) => [...fromJson(mail.answers_to)],
    }),
    subject: t.exposeString('subject'),
    excerpt: t.exposeString('excerpt', { authScopes: { role: CONVERSATIONS } }),
    at: t.field({ type: 'Instant', resolve: (mail) => mail.at }),
    agent: t.field({
      type: AgentRef,
      nullable: true,
      resolve: (mail, _args, context, info) =>
        mail.agent_id === null ? null : rows(context, info).agent(mail.agent_id),
    }),
    status: t.field({ type: MailStatusEnum, resolve: (mail) => mail.status }),
    lastError: t.exposeString('last_error', { nullable: true }),
    retryAt: t.field({ type: 'Instant', nullable: true, resolve: (mail) => mail.retry_at }),
    attempts: t.exposeInt('attempts'),
    reportedAction: t.exposeString('reported_action', {
      nullable: true,
      description:
        'What a mail system further on reported last of a reply: failed, delayed, relayed, expanded or delivered.',
    }),
    reportedTrouble: t.string({
      nullable: true,
      description:
        'Why it failed or is delayed: noSuchMailbox, noSuchDomain, mailboxClosed, mailboxFull, tooLarge, notReached, tookTooLong, loop, contentRefused, notAllowed or unknown.',
      resolve: (mail) =>
        mail.reported_action === 'failed' || mail.reported_action === 'delayed'
          ? deliveryTroubleOf(mail.reported_status)
          : null,
    }),
    text: t.string({
      description: "Plain text: the text part, or the HTML part's text.",
      authScopes: { role: CONVERSATIONS },
      resolve: async (mail, _args, { mailBodies }) => (await mailBodies.bodyOf(mail)).text,
    }),
    safeHtml: t.string({
      nullable: true,
      description:
        'Sanitised HTML with remote images off, to be shown in a sandboxed frame; null without an HTML part, or with the defect htmlNotShown.',
      authScopes: { role: CONVERSATIONS },
      resolve: async (mail, _args, { mailBodies }) => (await mailBodies.bodyOf(mail)).safeHtml,
    }),
    blockedImages: t.int({
      description: 'How many remote images were taken out.',
      authScopes: { role: CONVERSATIONS },
      resolve: async (mail, _args, { mailBodies }) => (await mailBodies.bodyOf(mail)).blockedImages,
    }),
    attachments: t.field({
      type: [AttachmentRef],
      authScopes: { role: CONVERSATIONS },
      resolve: (mail) => [...fromJson(mail.attachments)],
    }),
    defects: t.stringList({
      description:
        'brokenMime, tooLargeToShow, noMessageId, noSender, addressLeftOut, attachmentsLeftOut; and, for who may read the mail, htmlNotShown (too large, or not to be made safe) and textCut.',
      resolve: async (mail, _args, { viewer, mailBodies }) => {
        const defects = fromJson(mail.defects)
        if (viewer === null || !CONVERSATIONS.includes(viewer.role)) return [...defects]
        return [...defects, ...(await mailBodies.bodyOf(mail)).defects]
      },
    }),
    rawUrl: t.string({
      nullable: true,
      description: 'Download of the message as received.',
      authScopes: { role: CONVERSATIONS },
      resolve: (mail) => (mail.raw_sha256 === null ? null : fileUrl(mail.raw_sha256, 'message.eml')),
    }),
  }),
})
