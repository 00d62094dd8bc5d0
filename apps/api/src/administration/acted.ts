import type { EventId } from '@centralino/domain'
import type { AdministrationRefusalCode, AdministrationRefused } from './administration.ts'

/** What an action came to. */
export type Acted<O> = {
  readonly outcome: O
  /** The account or queue it was about, where there is one. */
  readonly about: string | null
  /** The last event that it appended; null when it appended none. */
  readonly appended: EventId | null
}

export const acted = <O>(outcome: O, about: string, appended: EventId | null): Acted<O> => ({
  outcome,
  about,
  appended,
})

export const refused = (
  code: AdministrationRefusalCode,
  about: string | null = null,
): Acted<AdministrationRefused> => ({
  outcome: { ok: false, code },
  about,
  appended: null,
})
