import type { ContactPointId } from '../kernel/ids.ts'
import type { ContactPoint } from './events.ts'

/** The stream that holds this contact point. */
export const contactPointStream = (contactPointId: ContactPointId): string => `contactPoint-${contactPointId}`

/** What identifies a contact point, as text: its id is the first 32 hex digits of the SHA-256 of this. */
export const contactPointKey = (contactPoint: Pick<ContactPoint, 'kind' | 'value'>): string =>
  `${contactPoint.kind}:${contactPoint.value}`
