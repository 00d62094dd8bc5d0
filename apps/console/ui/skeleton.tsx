'use client'

import { useTranslations } from 'next-intl'

const LINES = ['one', 'two', 'three', 'four']

/** The outline of what is coming; CSS shows it after 300 ms, so a fast answer never flickers. */
export function Skeleton() {
  const t = useTranslations()
  return (
    <div className="skel" role="img" aria-label={t('common.loading')}>
      {LINES.map((line) => (
        <div key={line}>
          <i />
          <b />
          <s />
        </div>
      ))}
    </div>
  )
}
