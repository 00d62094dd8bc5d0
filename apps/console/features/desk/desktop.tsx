'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import { useShortcut } from '../../keyboard/shortcuts-provider.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useWidth } from '../../ui/use-width.ts'
import { ConversationPane } from '../conversation/conversation.tsx'
import { modeOf } from '../conversation/conversation-mode.ts'
import { useOpenContact } from '../conversation/use-open-contact.ts'
import { CustomerDrawer } from '../customer/customer-drawer.tsx'
import { CustomerPane } from '../customer/customer-pane.tsx'
import { Inbox } from '../inbox/inbox.tsx'
import { NothingChosen } from '../inbox/nothing-chosen.tsx'
import { useMe } from '../session/session.tsx'
import { WrapUpDraftProvider } from '../wrap-up/wrap-up-draft.tsx'
import { WrapUpPanel } from '../wrap-up/wrap-up-panel.tsx'
import { useDesk } from './desk-provider.tsx'
import type { Desk, InteractionLine } from './desk-types.ts'

/** The agent's desk: inbox, conversation, customer. */
export function Desktop() {
  const t = useTranslations()
  const { desk, live, chosen } = useDesk()
  if (desk === null) {
    return live.status === 'away' ? (
      <Empty icon="off" tone="warn" title={t('connection.noHub')} text={t('connection.noHubText')} />
    ) : (
      <Skeleton />
    )
  }
  return (
    <>
      <h1 className="sr">{t('desk.title')}</h1>
      {chosen === null ? (
        <Panes list={<Inbox />} conversation={<NothingChosen />} customer={null} />
      ) : (
        <WrapUpDraftProvider key={chosen.id} interactionId={chosen.id}>
          <OpenDesk key={chosen.customer.id} desk={desk} interaction={chosen} />
        </WrapUpDraftProvider>
      )}
    </>
  )
}

function OpenDesk({ desk, interaction }: { desk: Desk; interaction: InteractionLine }) {
  const contact = useOpenContact(interaction)
  const mode = modeOf(desk, interaction)
  const width = useWidth()
  const [isDrawerOpen, setDrawerOpen] = useState(false)
  const { dispatch } = useDesk()
  const openCustomer = () => {
    if (width === 'phone') dispatch({ type: 'wentTo', screen: 'customer' })
    else if (width === 'narrow') setDrawerOpen(true)
    else document.getElementById('customer-pane')?.focus()
  }
  useShortcut('customer', openCustomer)
  const isMine = mode === 'inCall' || mode === 'wrapUp' || mode === 'mail'
  const customer = (
    <CustomerPane interaction={interaction} mode={mode} contact={contact} hasWrapUp={width !== 'narrow'} />
  )
  return (
    <>
      <Panes
        list={<Inbox />}
        conversation={
          <ConversationPane
            interaction={interaction}
            mode={mode}
            contact={contact}
            onCustomer={openCustomer}
            foot={width === 'narrow' && isMine ? <WrapUpPanel interaction={interaction} /> : null}
          />
        }
        customer={customer}
      />
      {width === 'narrow' ? (
        <CustomerDrawer isOpen={isDrawerOpen} onOpenChange={setDrawerOpen}>
          {customer}
        </CustomerDrawer>
      ) : null}
    </>
  )
}

type PanesProps = {
  readonly list: ReactNode
  readonly conversation: ReactNode
  readonly customer: ReactNode | null
}

/** Three panes side by side, two where there is less room, one at a time on a phone. */
function Panes({ list, conversation, customer }: PanesProps) {
  const width = useWidth()
  const { view } = useDesk()
  if (width === 'phone') {
    return (
      <div className="desk">
        {view.screen === 'list' ? list : view.screen === 'customer' && customer ? customer : conversation}
      </div>
    )
  }
  return <ResizablePanes key={width} {...{ list, conversation, customer }} hasThird={width === 'wide'} />
}

function ResizablePanes({ list, conversation, customer, hasThird }: PanesProps & { hasThird: boolean }) {
  const t = useTranslations()
  const me = useMe()
  const layout = useDefaultLayout({
    id: `centralino.desk.${hasThird ? 3 : 2}.${me.accountId}`,
    storage: localStorage,
  })
  return (
    <Group className="desk" orientation="horizontal" {...layout}>
      <Panel
        id="list"
        className="flex"
        defaultSize={hasThird ? '320px' : '272px'}
        minSize="240px"
        maxSize="420px"
      >
        {list}
      </Panel>
      <Separator className="pane-edge" aria-label={t('desk.resizeInbox')} />
      <Panel id="conversation" className="flex" minSize="360px">
        {conversation}
      </Panel>
      {hasThird ? (
        <>
          <Separator className="pane-edge" aria-label={t('desk.resizeCustomer')} />
          <Panel id="customer" className="flex" defaultSize="352px" minSize="300px" maxSize="480px">
            {customer ?? <div className="pane" />}
          </Panel>
        </>
      ) : null}
    </Group>
  )
}
