'use client'

import { Input, Label, TextField, type TextFieldProps } from 'react-aria-components'

type Props = Pick<
  TextFieldProps,
  | 'value'
  | 'onChange'
  | 'autoFocus'
  | 'isRequired'
  | 'type'
  | 'name'
  | 'autoComplete'
  | 'isDisabled'
  | 'maxLength'
> & { readonly label: string; readonly placeholder?: string }

/** One line of text under its label. */
export function TextInput({ label, placeholder, ...field }: Props) {
  return (
    <TextField className="field" {...field}>
      <Label>{label}</Label>
      <Input className="input" {...(placeholder ? { placeholder } : {})} />
    </TextField>
  )
}
