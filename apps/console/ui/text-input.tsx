'use client'

import type { Ref } from 'react'
import { FieldError, Input, Label, Text, TextField, type TextFieldProps } from 'react-aria-components'
import { Icon } from './icons.tsx'

type Props = Pick<
  TextFieldProps,
  | 'value'
  | 'onChange'
  | 'onBlur'
  | 'onKeyDown'
  | 'autoFocus'
  | 'isRequired'
  | 'type'
  | 'name'
  | 'autoComplete'
  | 'inputMode'
  | 'isDisabled'
  | 'maxLength'
> & {
  readonly label: string
  readonly placeholder?: string
  /** What to know before typing. */
  readonly hint?: string
  /** What is wrong with what was typed, as a sentence. */
  readonly error?: string | null
  readonly inputRef?: Ref<HTMLInputElement>
}

/** One line of text under its label. What is wrong is said by us, in the page's language: the browser says nothing. */
export function TextInput({ label, placeholder, hint, error = null, inputRef, ...field }: Props) {
  return (
    <TextField className="field" {...field} validationBehavior="aria" isInvalid={error !== null}>
      <Label>{label}</Label>
      <Input
        className="input"
        {...(placeholder ? { placeholder } : {})}
        {...(inputRef ? { ref: inputRef } : {})}
      />
      {hint && error === null ? (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      ) : null}
      <FieldError className="field-error">
        <Icon name="warn" size={14} />
        <span>{error}</span>
      </FieldError>
    </TextField>
  )
}
