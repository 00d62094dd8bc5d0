import type { ReactNode } from 'react'

/** A part that scrolls and may hold nothing to focus: it takes the focus itself, so that the keyboard can scroll it. */
export function ScrollArea(props: { className: string; label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: WCAG 2.1.1, what scrolls must scroll by keyboard
    <section className={props.className} aria-label={props.label} tabIndex={0}>
      {props.children}
    </section>
  )
}
