import type { ContactPointId } from '@centralino/domain'
import { sha256Hex } from './sha256-hex.ts'

/**
 * The id of the contact point whose `kind:value` is `key` (`phone:+390612345678`, `email:anna@example.org`): the first
 * 32 hex digits of its SHA-256, so that stream names carry no number and no address in clear.
 */
export const contactPointIdOf = (key: string): ContactPointId => sha256Hex(key).slice(0, 32) as ContactPointId
