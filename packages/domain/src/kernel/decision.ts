/** An expected "no": a literal code and the data a person needs to understand it. Bugs are thrown instead. */
export type Refusal<Code extends string = string, Data = unknown> = {
  readonly code: Code
  readonly data: Data
}

export type Decision<Event, R extends Refusal> =
  | { readonly outcome: 'accepted'; readonly events: readonly Event[] }
  | { readonly outcome: 'refused'; readonly refusal: R }

/** Without events: what was asked for is so already. */
export const accept = <Event>(
  ...events: readonly Event[]
): { outcome: 'accepted'; events: readonly Event[] } => ({
  outcome: 'accepted',
  events,
})

/** `code` keeps its literal type. */
export const refuse = <Code extends string, Data>(
  code: Code,
  data: Data,
): { outcome: 'refused'; refusal: Refusal<Code, Data> } => ({ outcome: 'refused', refusal: { code, data } })
