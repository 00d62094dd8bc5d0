'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { Button } from 'react-aria-components'
import { Icon } from '../../ui/icons.tsx'
import { useCustomerName } from '../customer/customer-name.ts'
import { findOnDesk } from '../desk/desk-ids.ts'
import { useDesk } from '../desk/desk-provider.tsx'
import { createDraftStore } from '../mail/draft-store.ts'

/** "Your reply to Piotr is kept as a draft", while something else is on the desk. */
export function DraftsKept({ shownInteractionId }: { shownInteractionId: string }) {
  const t = useTranslations()
  const nameOf = useCustomerName()
  const { desk, dispatch } = useDesk()
  const drafts = useMemo(
    () =>
      createDraftStore('reply', localStorage)
        .list()
        .filter((draft) => draft.interactionId !== shownInteractionId),
    [shownInteractionId],
  )
  const kept = drafts
    .map((draft) => (desk ? findOnDesk(desk, draft.interactionId) : null))
    .find((interaction) => interaction !== null)
  if (!kept) return null
  return (
    <div className="note-bar">
      <Icon name="note" />
      <Button className="link clamp" onPress={() => dispatch({ type: 'chose', interactionId: kept.id })}>
        {t('mail.draftKept', { name: nameOf(kept.customer, kept.contactPoint, kept.channel) })}
      </Button>
    </div>
  )
}
