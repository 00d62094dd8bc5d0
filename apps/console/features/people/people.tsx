'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import type { Role } from '../../gql/generated/graphql.ts'
import { Icon } from '../../ui/icons.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { NextSteps } from '../administration/next-steps.tsx'
import { NotLoaded } from '../administration/not-loaded.tsx'
import { agentsAmong, skillsInUse } from '../administration/skills-in-use.ts'
import { type Account, type Administration, useAdministration } from '../administration/use-administration.ts'
import { AddPerson, ChangePerson } from './account-dialog.tsx'
import { NewPasswordDialog } from './new-password-dialog.tsx'
import { type AccountAction, PeopleTable } from './people-table.tsx'
import { RemoveDialog } from './remove-dialog.tsx'

type Layer =
  | { readonly open: 'add'; readonly role: Role }
  | { readonly open: AccountAction; readonly account: Account }

/** Who may sign in, as what, and what agents can. */
export function People() {
  const administration = useAdministration()
  return administration.status === 'ready' ? (
    <Everybody {...administration} />
  ) : (
    <NotLoaded administration={administration} />
  )
}

function Everybody({ accounts, queues }: Extract<Administration, { status: 'ready' }>) {
  const t = useTranslations()
  const [layer, setLayer] = useState<Layer | null>(null)
  const { heading, leave } = useFocusAfterRemoval(accounts)
  const agents = agentsAmong(accounts).length
  return (
    <div className="sheet page">
      <header className="sheet-head">
        <div className="sheet-title">
          <h1 ref={heading} tabIndex={-1}>
            {t('people.title')}
          </h1>
          <div className="quiet">{t('people.lead', { people: accounts.length, agents })}</div>
        </div>
        {/* One main button a page: without an agent it is that of the next step. */}
        <Button
          className={agents > 0 ? 'btn btn-main push' : 'btn push'}
          onPress={() => setLayer({ open: 'add', role: 'AGENT' })}
        >
          <Icon name="plus" />
          {t('people.add')}
        </Button>
      </header>
      <ScrollArea label={t('people.title')} className="sheet-body">
        <NextSteps
          hasAgent={agents > 0}
          hasQueue={queues.length > 0}
          onAddAgent={() => setLayer({ open: 'add', role: 'AGENT' })}
        />
        <section className="sec">
          <PeopleTable accounts={accounts} onAct={(open, account) => setLayer({ open, account })} />
        </section>
      </ScrollArea>
      {layer ? (
        <Layers layer={layer} {...{ accounts, queues }} onRemoved={leave} onClose={() => setLayer(null)} />
      ) : null}
    </div>
  )
}

type LayersProps = {
  readonly layer: Layer
  readonly onRemoved: (accountId: string) => void
  readonly onClose: () => void
} & Pick<Extract<Administration, { status: 'ready' }>, 'accounts' | 'queues'>

function Layers({ layer, accounts, queues, onRemoved, onClose }: LayersProps) {
  const inUse = skillsInUse(accounts, queues, useLocale())
  switch (layer.open) {
    case 'add':
      return <AddPerson role={layer.role} inUse={inUse} onClose={onClose} />
    case 'change':
      return <ChangePerson account={layer.account} inUse={inUse} onClose={onClose} />
    case 'newPassword':
      return <NewPasswordDialog account={layer.account} onClose={onClose} />
    case 'remove':
      return (
        <RemoveDialog
          account={layer.account}
          onClose={onClose}
          onRemoved={() => {
            onRemoved(layer.account.id)
            onClose()
          }}
        />
      )
  }
}

/** The focus was on the row that is gone: it goes on at the head of the page. */
function useFocusAfterRemoval(accounts: readonly Account[]) {
  const heading = useRef<HTMLHeadingElement>(null)
  const [leaving, setLeaving] = useState<string | null>(null)
  const isGone = leaving !== null && !accounts.some(({ id }) => id === leaving)
  useEffect(() => {
    if (!isGone) return
    heading.current?.focus()
    setLeaving(null)
  }, [isGone])
  return { heading, leave: setLeaving }
}
