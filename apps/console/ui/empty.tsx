import type { ReactNode } from 'react'
import { Icon, type IconName } from './icons.tsx'

type Props = {
  readonly icon: IconName
  readonly tone?: 'plain' | 'warn' | 'late'
  readonly title: string
  /** 1 where it is all there is on the page. */
  readonly level?: 1 | 2 | 3
  /** What is so, whether calls are safe. */
  readonly text?: string
  /** The one next step. */
  readonly children?: ReactNode
}

/** A place with nothing in it, or where something is wrong. */
export function Empty({ icon, tone = 'plain', title, level = 3, text, children }: Props) {
  const Heading = `h${level}` as const
  return (
    <div className="empty">
      <span className={tone === 'plain' ? 'ei' : `ei ei-${tone}`}>
        <Icon name={icon} size={20} />
      </span>
      <Heading>{title}</Heading>
      {text ? <p>{text}</p> : null}
      {children}
    </div>
  )
}
