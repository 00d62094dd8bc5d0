'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { Icon } from '../../ui/icons.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { NextSteps } from '../administration/next-steps.tsx'
import { NotLoaded } from '../administration/not-loaded.tsx'
import { agentsAmong, skillsInUse } from '../administration/skills-in-use.ts'
import { type Administration, type Queue, useAdministration } from '../administration/use-administration.ts'
import { QueueDialog } from './queue-dialog.tsx'
import { QueuesTable } from './queues-table.tsx'

/** Which queues there are, and what leads to them. */
export function Queues() {
  const administration = useAdministration()
  return administration.status === 'ready' ? (
    <AllQueues {...administration} />
  ) : (
    <NotLoaded administration={administration} />
  )
}

type Layer = { readonly open: 'add' } | { readonly open: 'change'; readonly queue: Queue }

function AllQueues({ accounts, queues }: Extract<Administration, { status: 'ready' }>) {
  const t = useTranslations()
  const locale = useLocale()
  const [layer, setLayer] = useState<Layer | null>(null)
  const add = () => setLayer({ open: 'add' })
  return (
    <div className="sheet page">
      <header className="sheet-head">
        <div className="sheet-title">
          <h1>{t('board.queues')}</h1>
          <div className="quiet">{t('queues.lead')}</div>
        </div>
        {queues.length === 0 ? null : (
          <Button className="btn btn-main push" onPress={add}>
            <Icon name="plus" />
            {t('queues.add')}
          </Button>
        )}
      </header>
      <ScrollArea label={t('board.queues')} className="sheet-body">
        <NextSteps
          hasAgent={agentsAmong(accounts).length > 0}
          hasQueue={queues.length > 0}
          onAddQueue={add}
        />
        {queues.length === 0 ? null : (
          <section className="sec">
            <QueuesTable
              queues={queues}
              accounts={accounts}
              onChange={(queue) => setLayer({ open: 'change', queue })}
            />
          </section>
        )}
      </ScrollArea>
      {layer ? (
        <QueueDialog
          queue={layer.open === 'change' ? layer.queue : null}
          inUse={skillsInUse(accounts, queues, locale)}
          onClose={() => setLayer(null)}
        />
      ) : null}
    </div>
  )
}
