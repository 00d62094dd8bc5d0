'use client'

import type { Ref } from 'react'
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
} from 'react-aria-components'
import { Icon } from './icons.tsx'

type Option<Value extends string> = { readonly value: Value; readonly label: string }

/** One of several, from a list that opens. */
export function SelectInput<Value extends string>(props: {
  label: string
  value: Value | null
  onChange: (value: Value) => void
  options: readonly Option<Value>[]
  placeholder?: string
  hint?: string
  isDisabled?: boolean
  inputRef?: Ref<HTMLButtonElement>
}) {
  const { label, value, onChange, options, placeholder, hint, isDisabled = false, inputRef } = props
  return (
    <Select
      className="field"
      selectedKey={value}
      onSelectionChange={(key) => {
        const chosen = options.find((option) => option.value === key)
        if (chosen) onChange(chosen.value)
      }}
      isDisabled={isDisabled}
      {...(placeholder ? { placeholder } : {})}
    >
      <Label className="label">{label}</Label>
      <Button className="input" {...(inputRef ? { ref: inputRef } : {})}>
        <SelectValue />
        <span className="push row">
          <Icon name="down" size={14} />
        </span>
      </Button>
      {hint ? (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      ) : null}
      <Popover className="popover" data-layer="list">
        <ListBox className="menu">
          {options.map((option) => (
            <ListBoxItem key={option.value} id={option.value} className="menu-item">
              {option.label}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  )
}
