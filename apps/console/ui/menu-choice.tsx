'use client'

import { MenuItem } from 'react-aria-components'
import { Icon, type IconName } from './icons.tsx'

/** One line of a menu: what it does, found by typing its first letters too. */
export function MenuChoice(props: { icon: IconName; text: string; onChoose: () => void }) {
  return (
    <MenuItem className="menu-item" textValue={props.text} onAction={props.onChoose}>
      <Icon name={props.icon} /> {props.text}
    </MenuItem>
  )
}
