/** What somebody who asked for something is told: done, or a refusal's literal code. */
export type Outcome<Code extends string> = { readonly ok: true } | Refused<Code>

export type Refused<Code extends string> = { readonly ok: false; readonly code: Code }
