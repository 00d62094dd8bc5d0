'use client'

import { useTranslations } from 'next-intl'
import { Empty } from '../../ui/empty.tsx'

export function NothingChosen() {
  const t = useTranslations()
  return (
    <section className="pane" aria-label={t('conversation.label')}>
      <Empty icon="back" title={t('empty.noneChosen')} text={t('empty.noneChosenText')}>
        <span className="row only-desk" aria-hidden="true">
          <kbd>J</kbd>
          <kbd>K</kbd>
          <kbd>↵</kbd>
        </span>
      </Empty>
    </section>
  )
}
