import { DELIVERY_ACTIONS, type DeliveryAction } from '@centralino/domain'
import { headersOf } from './defects.ts'
import { canBeAddress, MOST, messageIds } from './header-bounds.ts'
import type { ParsedMail } from './parsed-mail.ts'

type Report = NonNullable<ParsedMail['deliveryReport']>
type Part = { readonly mimeType: string; readonly content: Uint8Array }
/** The first field of each name, lower-cased, unfolded. */
type Fields = ReadonlyMap<string, string>

const STATUS_TYPES: ReadonlySet<string> = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
])
/** The mail that was returned, or its headers alone (RFC 6522 §3, RFC 6533). */
const RETURNED_TYPES: ReadonlySet<string> = new Set([
  'message/rfc822',
  'message/global',
  'text/rfc822-headers',
  'message/global-headers',
])
/** A report on more recipients than a mail may have is no report on one of ours. */
const MOST_GROUPS = 1_000
const LOOKED_AT_BYTES = 256 * 1024
/** RFC 3463 §2. */
const ENHANCED_STATUS = /(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])/

const enhancedStatusIn = (text: string | undefined): string | null => {
  const [, kind, subject, detail] = ENHANCED_STATUS.exec(text ?? '') ?? []
  return kind === undefined ? null : `${kind}.${Number(subject)}.${Number(detail)}`
}

const textOf = (content: Uint8Array): string =>
  Buffer.from(content.buffer, content.byteOffset, Math.min(content.byteLength, LOOKED_AT_BYTES)).toString(
    'utf8',
  )

const fieldsOf = (group: string): Fields => {
  const fields = new Map<string, string>()
  for (const [, name = '', value = ''] of group.matchAll(/^([!-9;-~]+)[ \t]*:(.*)$/gm)) {
    const key = name.toLowerCase()
    if (!fields.has(key)) fields.set(key, value.trim())
  }
  return fields
}

/** Groups of fields, an empty line between them; the first is of the whole message (RFC 3464 §2.1). */
const groupsOf = (content: Uint8Array): readonly Fields[] =>
  textOf(content)
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+(?=\S)/g, ' ')
    .split(/\n[ \t]*\n/, MOST_GROUPS)
    .map(fieldsOf)
    .filter((fields) => fields.size > 0)

/** `rfc822; <anna@posta.example>`: the address alone. */
const addressIn = (field: string | undefined): string | null => {
  const address = (field ?? '')
    .replace(/^[^;@]*;/, '')
    .replace(/^[\s<]+|[\s>]+$/g, '')
    .toLowerCase()
  return canBeAddress(address) ? address : null
}

/** A code of nothing in particular (x.0.0) tells less than what the other server said. */
const statusOf = (fields: Fields): string | null => {
  const given = enhancedStatusIn(fields.get('status'))
  const said = enhancedStatusIn(fields.get('diagnostic-code'))
  if (given === null) return said
  return said !== null && given.endsWith('.0.0') && said[0] === given[0] ? said : given
}

const BY_CLASS: Readonly<Record<string, DeliveryAction>> = { 2: 'relayed', 4: 'delayed', 5: 'failed' }

const actionOf = (fields: Fields, status: string | null): DeliveryAction | null => {
  const word = /^[a-z]+/.exec(fields.get('action')?.toLowerCase() ?? '')?.[0]
  return DELIVERY_ACTIONS.find((action) => action === word) ?? BY_CLASS[status?.[0] ?? ''] ?? null
}

type Told = {
  readonly action: DeliveryAction
  readonly status: string | null
  readonly recipient: string | null
}

const toldOf = (fields: Fields): readonly Told[] => {
  const isOfRecipient = ['final-recipient', 'original-recipient', 'action'].some((name) => fields.has(name))
  const status = statusOf(fields)
  const action = isOfRecipient ? actionOf(fields, status) : null
  if (action === null) return []
  const recipient = addressIn(fields.get('original-recipient')) ?? addressIn(fields.get('final-recipient'))
  return [{ action, status, recipient }]
}

/** RFC 3461 §4.4: what we gave as ENVID, a Message-ID without its brackets. */
const envelopeIdIn = (groups: readonly Fields[]): readonly string[] =>
  groups.flatMap((fields) => messageIds(`<${fields.get('original-envelope-id') ?? ''}>`))

const messageIdIn = (part: Part): readonly string[] => {
  const headers = Buffer.from(headersOf(part.content)).toString('latin1')
  return messageIds(fieldsOf(headers.replace(/\r?\n[ \t]+/g, ' ')).get('message-id'))
}

/**
 * Reads a delivery status notification (RFC 3464, in a multipart/report, RFC 6522); null when the mail is none. Of several
 * recipients the worst news counts, and those whom it is of. A report that brings the returned mail or its headers without
 * saying what became of it is taken by the first status code in its words, and for a failure when there is none.
 */
export const deliveryReportOf = (mail: {
  readonly contentType: string
  readonly text: string | null
  readonly parts: readonly Part[]
}): Report | null => {
  if (!/^\s*multipart\/report\s*(?:;|$)/i.test(mail.contentType)) return null
  const kind = /\breport-type\s*=\s*"?([\w-]+)/i.exec(mail.contentType)?.[1]?.toLowerCase()
  if (kind !== undefined && kind !== 'delivery-status' && kind !== 'global-delivery-status') return null
  const of = (types: ReadonlySet<string>) =>
    mail.parts.filter(({ mimeType }) => types.has(mimeType.toLowerCase()))
  const groups = of(STATUS_TYPES).flatMap(({ content }) => groupsOf(content))
  const [returned] = of(RETURNED_TYPES)
  const told = groups.flatMap(toldOf)
  const action = DELIVERY_ACTIONS.find((one) => told.some((group) => group.action === one))
  const messageIdsNamed = [
    ...new Set([...(returned === undefined ? [] : messageIdIn(returned)), ...envelopeIdIn(groups)]),
  ]
  if (action !== undefined) {
    const worst = told.filter((group) => group.action === action)
    return {
      action,
      status: worst.find(({ status }) => status !== null)?.status ?? null,
      recipients: [
        ...new Set(worst.map(({ recipient }) => recipient).filter((address) => address !== null)),
      ].slice(0, MOST.recipients),
      messageIds: messageIdsNamed,
    }
  }
  if (returned === undefined) return null
  const status = enhancedStatusIn(mail.text?.slice(0, LOOKED_AT_BYTES))
  return {
    action: status?.startsWith('4') ? 'delayed' : 'failed',
    status,
    recipients: [],
    messageIds: messageIdsNamed,
  }
}
