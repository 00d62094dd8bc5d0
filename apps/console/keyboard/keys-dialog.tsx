'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { MessageKey } from '../i18n/message-key.ts'
import { LayerDialog } from '../ui/layer-dialog.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { SHORTCUT_IDS, SHORTCUTS, type Shortcut, type ShortcutId } from './shortcuts.ts'

const GROUPS: readonly { readonly group: Shortcut['group']; readonly label: MessageKey }[] = [
  { group: 'call', label: 'keys.groupCall' },
  { group: 'work', label: 'keys.groupWork' },
  { group: 'replay', label: 'keys.groupReplay' },
  { group: 'places', label: 'keys.groupPlaces' },
]

/** All keys, with search. */
export function KeysDialog(props: { isOpen: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations()
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLocaleLowerCase()
  const matches = (id: ShortcutId) =>
    `${t(SHORTCUTS[id].label)} ${SHORTCUTS[id].caps.join(' ')}`.toLocaleLowerCase().includes(wanted)
  const groups = GROUPS.map(({ group, label }) => ({
    label,
    ids: SHORTCUT_IDS.filter((id) => SHORTCUTS[id].group === group && matches(id)),
  })).filter(({ ids }) => ids.length > 0)

  return (
    <LayerDialog title={t('keys.title')} isOpen={props.isOpen} onOpenChange={props.onOpenChange}>
      <TextInput label={t('keys.search')} value={search} onChange={setSearch} autoFocus />
      {groups.length === 0 ? <p className="menu-empty">{t('keys.none')}</p> : null}
      {groups.map(({ label, ids }) => (
        <section key={label} className="mt-4">
          <h3 className="meta mb-1">{t(label)}</h3>
          <dl className="keys">
            {ids.map((id) => (
              <div key={id} className="row py-1">
                <dt>{t(SHORTCUTS[id].label)}</dt>
                <dd className="push row gap-1">
                  {SHORTCUTS[id].caps.map((cap) => (
                    <kbd key={cap}>{cap}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p className="meta mt-4">{t('keys.rest')}</p>
    </LayerDialog>
  )
}
