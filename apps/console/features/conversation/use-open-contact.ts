'use client'

import { useState } from 'react'
import type { LiveStatus } from '../../gql/live.ts'
import type { InteractionLine } from '../desk/desk-types.ts'
import type { Entry, Timeline } from '../timeline/timeline-state.ts'
import { useTimeline } from '../timeline/use-timeline.ts'
import { type Conversation, useConversation } from './use-conversation.ts'

export type OpenContact = {
  readonly conversation: Conversation
  readonly timeline: Timeline
  readonly timelineLive: LiveStatus
  readonly loadEarlier: () => void
  readonly againTimeline: () => void
  readonly renewTimeline: () => void
  /** Grows whenever a mail of the customer came, went or failed. */
  readonly threadVersion: number
}

const MAIL_EVENTS = new Set([
  'MailReceived',
  'ReplySubmitted',
  'MailSent',
  'MailSendFailed',
  'MailDeliveryReported',
])
/** What the customer's card shows: who it is, and how many contacts there were. */
const CARD_EVENTS = new Set([
  'InteractionOpened',
  'InteractionAbandoned',
  'InteractionClosed',
  'InteractionReopened',
  'CustomerIdentified',
  'CustomerProfileChanged',
  'CustomerContactPointAdded',
  'InteractionCustomerChosen',
])

/** All that the desk shows of the chosen contact, kept fresh by the customer's own events. */
export function useOpenContact(interaction: InteractionLine): OpenContact {
  const [threadVersion, setThreadVersion] = useState(0)
  const [cardVersion, setCardVersion] = useState(0)
  const hear = (entry: Entry) => {
    if (MAIL_EVENTS.has(entry.type)) setThreadVersion((version) => version + 1)
    if (CARD_EVENTS.has(entry.type)) setCardVersion((version) => version + 1)
  }
  const { customer, status } = interaction
  const { timeline, live, loadEarlier, again, renew } = useTimeline(customer.id, hear)
  const version = [customer.id, customer.name ?? '', status, cardVersion].join('|')
  const conversation = useConversation(interaction.id, version)
  return {
    conversation,
    timeline,
    timelineLive: live,
    loadEarlier,
    againTimeline: again,
    renewTimeline: renew,
    threadVersion,
  }
}
