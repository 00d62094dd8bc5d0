import { createHash } from 'node:crypto'
import type { ContactPoint, ContactPointId } from '@centralino/domain'

/**
 * The id that a contact point's own stream has: the customer's events name the point without it. The text that is hashed is the
 * domain's `contactPointKey`, written out: its room also holds the numbering plans of the world, which a worker would load
 * for this one line. The spec compares both.
 */
export const contactPointId = ({ kind, value }: ContactPoint): ContactPointId =>
  createHash('sha256').update(`${kind}:${value}`).digest('hex').slice(0, 32) as ContactPointId
