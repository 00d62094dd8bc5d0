'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { atHand } from '../customer/contact-history.ts'
import { useCustomerName } from '../customer/customer-name.ts'
import { useDesk } from '../desk/desk-provider.tsx'
import type { InteractionLine, OfferLine } from '../desk/desk-types.ts'
import { MailThread } from '../mail/mail-thread.tsx'
import { ReplyEditor } from '../mail/reply-editor.tsx'
import { useThread } from '../mail/use-thread.ts'
import { DecisionDialog } from '../offer/decision-dialog.tsx'
import { WhyYouLine } from '../offer/why-you-line.tsx'
import { Timeline } from '../timeline/timeline.tsx'
import { Notes } from '../wrap-up/notes.tsx'
import { Brief } from './brief.tsx'
import { ConversationHead } from './conversation-head.tsx'
import type { Mode } from './conversation-mode.ts'
import { DraftsKept } from './drafts-kept.tsx'
import type { OpenContact } from './use-open-contact.ts'

type Props = {
  readonly interaction: InteractionLine
  readonly mode: Mode
  readonly contact: OpenContact
  readonly onCustomer: () => void
  /** The wrap-up, where the customer's card is a drawer. */
  readonly foot: ReactNode
}

/** The middle of the desk: who it is about, what is being done now, and what was before. */
export function ConversationPane({ interaction, mode, contact, onCustomer, foot }: Props) {
  const t = useTranslations()
  const nameOf = useCustomerName()
  const { desk } = useDesk()
  const customer = contact.conversation.status === 'ready' ? contact.conversation.interaction.customer : null
  const name = nameOf(customer ?? interaction.customer, interaction.contactPoint, interaction.channel)
  const isMail = interaction.channel === 'EMAIL'
  const language = interaction.customer.language
  const offer = mode === 'beforeAnswer' ? (desk?.offer ?? null) : null
  return (
    <section className="pane" aria-label={t(isMail ? 'conversation.thread' : 'conversation.label')}>
      <ConversationHead
        mode={mode}
        title={isMail ? (interaction.subject ?? name) : name}
        language={isMail ? language : null}
        onCustomer={onCustomer}
      />
      {interaction.reopenedWhy === null ? null : (
        <div className="note-bar note-late">
          <Icon name="flag" />
          <span>{t('mail.reopened', { why: interaction.reopenedWhy })}</span>
        </div>
      )}
      <DraftsKept shownInteractionId={interaction.id} />
      <div className="pane-body">
        {offer ? <WhyYou offer={offer} /> : null}
        <AtHand {...{ interaction, mode, contact }} />
        {isMail ? <Thread {...{ interaction, contact, language }} /> : null}
        {isMail && mode === 'mail' ? null : (
          <Timeline
            timeline={contact.timeline}
            language={language}
            current={mode === 'inCall' || mode === 'wrapUp' ? interaction.id : null}
            onEarlier={contact.loadEarlier}
            onAgain={contact.againTimeline}
          />
        )}
      </div>
      {mode === 'mail' ? <Reply {...{ interaction, contact, name, language }} /> : null}
      {foot}
    </section>
  )
}

/** On a phone the reason stands here; on a desk it stands in the call bar. */
function WhyYou({ offer }: { offer: OfferLine }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="card-block offer-why only-phone">
      <WhyYouLine offer={offer} onSeeDecision={() => setOpen(true)} />
      <DecisionDialog offer={offer} isOpen={isOpen} onOpenChange={setOpen} />
    </div>
  )
}

function AtHand({ interaction, mode, contact }: Pick<Props, 'interaction' | 'mode' | 'contact'>) {
  const t = useTranslations()
  switch (contact.conversation.status) {
    case 'loading':
      return <Skeleton />
    case 'failed':
      return (
        <Empty icon="warn" tone="late" title={t('conversation.failed')} text={t('timeline.failedText')}>
          <Button className="btn" onPress={contact.conversation.again}>
            {t('common.tryAgain')}
          </Button>
        </Empty>
      )
    case 'ready': {
      const { contacts } = contact.conversation
      const { customer } = contact.conversation.interaction
      const brief = <Brief customer={customer} contacts={contacts} atHand={atHand(interaction)} />
      if (mode === 'inCall' || mode === 'wrapUp') {
        return (
          <div className="talk">
            <section aria-label={t('conversation.before')}>{brief}</section>
            <Notes />
          </div>
        )
      }
      return mode === 'beforeAnswer' || (mode === 'reading' && interaction.channel === 'CALL') ? (
        <div className="sec brief">{brief}</div>
      ) : null
    }
  }
}

function Thread(props: { interaction: InteractionLine; contact: OpenContact; language: string | null }) {
  const thread = useThread(props.interaction.id, props.contact.threadVersion)
  return <MailThread thread={thread} language={props.language} />
}

function Reply(props: {
  interaction: InteractionLine
  contact: OpenContact
  name: string
  language: string | null
}) {
  const { interaction, contact, name, language } = props
  const thread = useThread(interaction.id, contact.threadVersion)
  if (thread.status !== 'ready') return null
  const newest = thread.mails.findLast((mail) => mail.direction === 'INBOUND')
  return (
    <ReplyEditor
      key={interaction.id}
      interactionId={interaction.id}
      customerName={name}
      from={thread.entryPoint}
      to={(newest?.answersTo ?? []).map((one) => one.address)}
      language={language}
    />
  )
}
