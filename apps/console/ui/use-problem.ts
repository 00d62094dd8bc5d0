'use client'

import { type RefCallback, useEffect, useState } from 'react'

/** What is wrong with a form, as a sentence: in one of its fields, or (`field` null) with all of it. */
export type Problem<Field extends string> = { readonly field: Field | null; readonly text: string }

type UseProblem<Field extends string> = {
  readonly setProblem: (problem: Problem<Field> | null) => void
  /** The sentence for the form as a whole. */
  readonly whole: string | null
  /** For the field of that name: its sentence, and the way for the focus to go there. */
  readonly at: (field: Field) => {
    readonly error: string | null
    readonly inputRef: RefCallback<HTMLElement>
  }
}

/** One problem at a time. The focus goes to the field that has it, so that the next key mends it. */
export function useProblem<Field extends string>(first: Problem<Field> | null = null): UseProblem<Field> {
  const [problem, setProblem] = useState(first)
  const [fields] = useState(() => new Map<Field, HTMLElement>())
  useEffect(() => {
    if (problem?.field) fields.get(problem.field)?.focus()
  }, [problem, fields])
  return {
    setProblem,
    whole: problem?.field === null ? problem.text : null,
    at: (field) => ({
      error: problem?.field === field ? problem.text : null,
      inputRef: (element) => {
        if (element) fields.set(field, element)
        else fields.delete(field)
      },
    }),
  }
}
