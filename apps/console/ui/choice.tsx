'use client'

import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'

type Option<Value extends string> = { readonly value: Value; readonly label: string }

/** One of a few, side by side. */
export function Choice<Value extends string>(props: {
  label: string
  value: Value
  onChange: (value: Value) => void
  options: readonly Option<Value>[]
}) {
  return (
    <ToggleButtonGroup
      className="seg"
      aria-label={props.label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.value]}
      onSelectionChange={(keys) => {
        const chosen = props.options.find((option) => keys.has(option.value))
        if (chosen) props.onChange(chosen.value)
      }}
    >
      {props.options.map((option) => (
        <ToggleButton key={option.value} id={option.value}>
          {option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
