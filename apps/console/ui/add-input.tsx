'use client'

import { type Ref, useState } from 'react'
import { Button } from 'react-aria-components'
import { Icon } from './icons.tsx'
import { TextInput } from './text-input.tsx'

/**
 * A field for one more of a list. Enter and the button add what is typed, and so does leaving the field: nothing that was
 * typed is lost by saving the form.
 */
export function AddInput(props: {
  label: string
  add: string
  hint?: string
  error: string | null
  inputRef?: Ref<HTMLInputElement>
  /** False: it is none, and stays in the field. */
  onAdd: (text: string) => boolean
}) {
  const { label, add, hint, error, inputRef, onAdd } = props
  const [text, setText] = useState('')
  const tryAdd = () => {
    if (text.trim() !== '' && onAdd(text)) setText('')
  }
  return (
    <div className="add-row">
      <TextInput
        label={label}
        value={text}
        onChange={setText}
        onBlur={tryAdd}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && text.trim() !== '') {
            event.preventDefault()
            tryAdd()
          } else {
            // Every other key goes where it would go without this: Esc closes the dialog.
            event.continuePropagation()
          }
        }}
        error={error}
        {...(hint ? { hint } : {})}
        {...(inputRef ? { inputRef } : {})}
      />
      <Button
        className="btn"
        onPress={({ target }) => {
          tryAdd()
          target.parentElement?.querySelector('input')?.focus()
        }}
      >
        <Icon name="plus" />
        {add}
      </Button>
    </div>
  )
}
