import type { DomainEvent, Id, Instant } from '@centralino/domain'

/** An event's data as JSON has it: ids and instants are plain texts, and every optional field is there. */
type Stored<T> = T extends Id<string> | Instant
  ? string
  : T extends readonly unknown[]
    ? { readonly [I in keyof T]: Stored<T[I]> }
    : T extends object
      ? { readonly [K in keyof T]-?: Stored<Exclude<T[K], undefined>> }
      : T

/** The data of one event of each type, whole; one that lacks or has a field too many does not compile. */
export type SamplesOf<E extends DomainEvent> = {
  readonly [T in E['type']]: Stored<Extract<E, { readonly type: T }>['data']>
}
