import { parseId } from './ids.ts'
import { type Instant, parseInstant, plusMilliseconds } from './instant.ts'

const start = parseInstant('2026-11-24T08:00:00Z')

/** `seconds` after the morning on which every rule is tested. */
export const after = (seconds: number): Instant => plusMilliseconds(start, seconds * 1_000)

export const customer = (name: string) => parseId('customer', name)
export const contactPointId = (name: string) => parseId('contactPoint', name)
export const interaction = (name: string) => parseId('interaction', name)
export const call = (name: string) => parseId('call', name)
export const leg = (name: string) => parseId('leg', name)
export const queue = (name: string) => parseId('queue', name)
export const agent = (name: string) => parseId('agent', name)
export const floor = (name: string) => parseId('floor', name)
export const offer = (name: string) => parseId('offer', name)
export const thread = (name: string) => parseId('thread', name)
export const mail = (name: string) => parseId('mail', name)
