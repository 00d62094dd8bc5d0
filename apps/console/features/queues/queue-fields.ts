import type { QueueInput } from '../../gql/generated/graphql.ts'
import type { Queue } from '../administration/use-administration.ts'
import type { EntryPoint } from './entry-point.ts'

/** What is typed in the form of one queue. Seconds are text until they are read. */
export type QueueFields = {
  readonly name: string
  readonly entryPoints: readonly EntryPoint[]
  readonly skills: readonly string[]
  readonly offerSeconds: string
  readonly wrapUpSeconds: string
}

export type QueueField = 'name' | 'entryPoints' | 'skills' | 'offerSeconds' | 'wrapUpSeconds'

/** Seconds, both ends included, as the hub takes them. */
export const OFFER_SECONDS = { least: 5, most: 120, usual: 20 } as const
export const WRAP_UP_SECONDS = { least: 0, most: 3600, usual: 45 } as const

export const NEW_QUEUE: QueueFields = {
  name: '',
  entryPoints: [],
  skills: [],
  offerSeconds: String(OFFER_SECONDS.usual),
  wrapUpSeconds: String(WRAP_UP_SECONDS.usual),
}

export const fieldsOf = (queue: Queue): QueueFields => ({
  name: queue.name,
  entryPoints: queue.entryPoints.map((value, index) => ({
    value,
    display: queue.entryPointsDisplay[index] ?? value,
  })),
  skills: queue.requiredSkills,
  offerSeconds: String(queue.offerTimeoutSeconds),
  wrapUpSeconds: String(queue.wrapUpSeconds),
})

/** What to send, or the first field that cannot be sent. */
export function readQueue(
  fields: QueueFields,
):
  | { readonly status: 'read'; readonly queue: QueueInput }
  | { readonly status: 'wrong'; readonly field: QueueField } {
  const offerTimeoutSeconds = readSeconds(fields.offerSeconds, OFFER_SECONDS)
  const wrapUpSeconds = readSeconds(fields.wrapUpSeconds, WRAP_UP_SECONDS)
  if (fields.name.trim() === '') return { status: 'wrong', field: 'name' }
  if (offerTimeoutSeconds === null) return { status: 'wrong', field: 'offerSeconds' }
  if (wrapUpSeconds === null) return { status: 'wrong', field: 'wrapUpSeconds' }
  return {
    status: 'read',
    queue: {
      name: fields.name.trim(),
      requiredSkills: [...fields.skills],
      offerTimeoutSeconds,
      wrapUpSeconds,
      entryPoints: fields.entryPoints.map(({ value }) => value),
    },
  }
}

function readSeconds(text: string, { least, most }: { least: number; most: number }): number | null {
  if (!/^\d{1,6}$/.test(text.trim())) return null
  const seconds = Number(text)
  return seconds >= least && seconds <= most ? seconds : null
}

/** The field that a refusal is about; null: none of them. */
export function fieldOf(code: string): QueueField | null {
  switch (code) {
    case 'QUEUE_NAME_EMPTY':
    case 'QUEUE_NAME_TAKEN':
    case 'NAME_TOO_LONG':
      return 'name'
    case 'ENTRY_POINT_INVALID':
    case 'ENTRY_POINT_TAKEN':
      return 'entryPoints'
    case 'SKILL_INVALID':
      return 'skills'
    case 'QUEUE_TIME_OUT_OF_RANGE':
      return 'offerSeconds'
    default:
      return null
  }
}
