'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { GridList, GridListHeader, GridListItem, GridListSection } from 'react-aria-components'
import type { MessageKey } from '../../i18n/message-key.ts'
import { useShortcut } from '../../keyboard/shortcuts-provider.tsx'
import { useCustomerName } from '../customer/customer-name.ts'
import { useDesk } from '../desk/desk-provider.tsx'
import { EmptyInbox } from './empty-inbox.tsx'
import { type GroupName, inboxGroups, MOST_SHOWN } from './inbox-groups.ts'
import { InboxRow } from './inbox-row.tsx'

const GROUP: Readonly<Record<GroupName, MessageKey>> = {
  offered: 'inbox.offered',
  onTheLine: 'inbox.onTheLine',
  wrapUp: 'inbox.wrapUp',
  mine: 'inbox.mine',
  waiting: 'inbox.waiting',
}

/** What is offered, on the line, the agent's own, and what waits in their queues. J and K walk, Enter opens. */
export function Inbox() {
  const t = useTranslations()
  const nameOf = useCustomerName()
  const { desk, view, dispatch } = useDesk()
  const list = useRef<HTMLDivElement>(null)
  useShortcut('next', () => walk(list.current, 1))
  useShortcut('previous', () => walk(list.current, -1))
  if (desk === null) return null
  const groups = inboxGroups(desk)
  const waiting = desk.waiting.length

  return (
    <section className="pane pane-list" aria-label={t('inbox.title')}>
      <header className="pane-head">
        <h2>{t('inbox.title')}</h2>
        <span className="meta num">{t('inbox.count', { count: waiting })}</span>
      </header>
      <div className="pane-body" ref={list}>
        {groups.length === 0 ? (
          <EmptyInbox />
        ) : (
          <GridList
            className="inbox"
            aria-label={t('inbox.title')}
            selectionMode="single"
            disallowEmptySelection
            disallowTypeAhead
            selectedKeys={view.chosen === null ? [] : [view.chosen]}
            onSelectionChange={(keys) => {
              const [interactionId] = keys === 'all' ? [] : [...keys]
              if (interactionId !== undefined) {
                dispatch({ type: 'chose', interactionId: String(interactionId) })
              }
            }}
          >
            {groups.map((group) => (
              <GridListSection key={group.name} id={group.name}>
                <GridListHeader className="group-head">
                  <span>{t(GROUP[group.name])}</span>
                  <span className="num">{group.items.length}</span>
                </GridListHeader>
                {group.items.map((item) => (
                  <GridListItem
                    key={item.id}
                    id={item.id}
                    className="item"
                    textValue={nameOf(item.customer, item.contactPoint, item.channel)}
                  >
                    <InboxRow item={item} group={group.name} expiresAt={desk.offer?.expiresAt ?? null} />
                  </GridListItem>
                ))}
              </GridListSection>
            ))}
          </GridList>
        )}
        {waiting > MOST_SHOWN ? (
          <p className="menu-empty quiet">{t('inbox.more', { count: waiting - MOST_SHOWN })}</p>
        ) : null}
      </div>
    </section>
  )
}

/** Moves the focus among the rows; what was opened last is where the walk begins. */
function walk(list: HTMLDivElement | null, by: 1 | -1) {
  const rows = [...(list?.querySelectorAll<HTMLElement>('.item') ?? [])]
  const focused = rows.indexOf(document.activeElement as HTMLElement)
  const from = focused === -1 ? rows.findIndex((row) => row.hasAttribute('data-selected')) : focused
  const to = from === -1 ? (by === 1 ? 0 : rows.length - 1) : from + by
  rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus()
}
