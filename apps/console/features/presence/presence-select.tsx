'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components'
import { formatClock, since } from '../../format/clock.ts'
import { useShortcut } from '../../keyboard/shortcuts-provider.tsx'
import { useNow } from '../../server-time/use-now.ts'
import { Icon } from '../../ui/icons.tsx'
import { useDesk } from '../desk/desk-provider.tsx'
import { CHOICES, type Choice, closedChoices } from './presence-choices.ts'
import { PresenceState } from './presence-state.tsx'
import { PRESENCE, REASON } from './presence-words.ts'
import { useBecomeReady } from './use-become-ready.ts'

/** The agent's own state with its clock; opens with Alt+S. */
export function PresenceSelect() {
  const t = useTranslations()
  const now = useNow()
  const { desk, commands } = useDesk()
  const becomeReady = useBecomeReady()
  const [isOpen, setOpen] = useState(false)
  useShortcut('state', () => setOpen((open) => !open))

  if (desk === null) return null
  const { presence } = desk.agent
  const chosen: Choice | null =
    presence.status === 'READY' || presence.status === 'OFFLINE'
      ? presence.status
      : (CHOICES.find((reason) => presence.status === 'NOT_READY' && presence.reason === reason) ?? null)
  const choose = (choice: Choice) => {
    if (choice === 'READY') void becomeReady()
    else if (choice === 'OFFLINE') void commands.signOff()
    else void commands.becomeNotReady(choice)
  }

  return (
    <Select
      className="presence-box"
      selectedKey={chosen}
      onSelectionChange={(key) => choose(key as Choice)}
      isOpen={isOpen}
      onOpenChange={setOpen}
      disabledKeys={closedChoices(desk)}
    >
      <Label className="sr">{t('presence.yourState')}</Label>
      <Button className="presence" aria-keyshortcuts="Alt+S">
        <SelectValue className="row">
          {() => (
            <>
              <PresenceState status={presence.status} reason={presence.reason} />
              <span className="clock">{formatClock(since(presence.since, now))}</span>
            </>
          )}
        </SelectValue>
        <Icon name="down" size={14} />
      </Button>
      <Popover className="popover" data-layer="list">
        <ListBox className="menu">
          {CHOICES.map((choice) => (
            <ListBoxItem
              key={choice}
              id={choice}
              className="menu-item"
              textValue={t(
                choice === 'READY' || choice === 'OFFLINE' ? PRESENCE[choice].label : REASON[choice],
              )}
            >
              {choice === 'READY' || choice === 'OFFLINE' ? (
                <PresenceState status={choice} />
              ) : (
                <PresenceState status="NOT_READY" reason={choice} />
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  )
}
