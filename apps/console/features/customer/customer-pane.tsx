'use client'

import { useTranslations } from 'next-intl'
import { Button } from 'react-aria-components'
import { Icon } from '../../ui/icons.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { Mode } from '../conversation/conversation-mode.ts'
import type { OpenContact } from '../conversation/use-open-contact.ts'
import { useDesk } from '../desk/desk-provider.tsx'
import type { InteractionLine } from '../desk/desk-types.ts'
import { Timeline } from '../timeline/timeline.tsx'
import { WrapUpPanel } from '../wrap-up/wrap-up-panel.tsx'
import { atHand } from './contact-history.ts'
import { CustomerFacts, CustomerHead } from './customer-card.tsx'
import { Household } from './household.tsx'
import { NameForm } from './name-form.tsx'

type Props = {
  readonly interaction: InteractionLine
  readonly mode: Mode
  readonly contact: OpenContact
}

/** The customer beside the conversation, and the wrap-up below where it has its place here. */
export function CustomerPane({ interaction, mode, contact, hasWrapUp }: Props & { hasWrapUp: boolean }) {
  const t = useTranslations()
  const { dispatch } = useDesk()
  const isMine = mode === 'inCall' || mode === 'wrapUp' || mode === 'mail'
  return (
    <aside className="pane" id="customer-pane" tabIndex={-1} aria-label={t('customer.title')}>
      <header className="pane-head">
        <Button
          className="back"
          aria-label={t('customer.back')}
          onPress={() => dispatch({ type: 'wentTo', screen: 'conversation' })}
        >
          <Icon name="back" size={20} />
        </Button>
        <h2>{t('customer.title')}</h2>
      </header>
      <ScrollArea className="pane-body" label={t('customer.card')}>
        <Card {...{ interaction, mode, contact, isMine }} />
        {interaction.channel === 'EMAIL' && mode === 'mail' ? (
          <section className="tl-side">
            <h3 className="meta">{t('timeline.label')}</h3>
            <Timeline
              timeline={contact.timeline}
              language={interaction.customer.language}
              onEarlier={contact.loadEarlier}
              onAgain={contact.againTimeline}
            />
          </section>
        ) : null}
      </ScrollArea>
      {isMine && hasWrapUp ? <WrapUpPanel interaction={interaction} /> : null}
    </aside>
  )
}

function Card({ interaction, contact, mode, isMine }: Props & { isMine: boolean }) {
  if (contact.conversation.status !== 'ready') return <Skeleton />
  const { customer, candidates } = contact.conversation.interaction
  return (
    <>
      <div className="card-block">
        <CustomerHead customer={customer} channel={interaction.channel} />
      </div>
      <Household
        interactionId={interaction.id}
        channel={interaction.channel}
        candidates={candidates}
        shownCustomerId={customer.id}
        canChoose={isMine || mode === 'beforeAnswer'}
        onChosen={contact.renewTimeline}
      />
      {customer.known || !isMine ? null : <NameForm customerId={customer.id} />}
      <CustomerFacts
        customer={customer}
        contacts={contact.conversation.contacts}
        atHand={atHand(interaction)}
      />
    </>
  )
}
