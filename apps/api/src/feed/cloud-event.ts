import type { RecordedEvent } from '@centralino/domain'
import { withoutHashedName, withoutPersonalFields } from './personal-data.ts'

/**
 * A CloudEvent 1.0 in its JSON format, structured mode. Extensions have names of lower-case letters (CloudEvents 1.0 §3.1
 * "Naming Conventions") and stand beside the attributes (JSON format §2 "Attributes"); one without a value is left out.
 */
export type CloudEvent = {
  readonly specversion: '1.0'
  /** The event's own id: the same in every delivery, so that whoever receives it twice can tell (CloudEvents 1.0 §3.2 `id`). */
  readonly id: string
  readonly source: string
  readonly type: string
  /** The stream. */
  readonly subject?: string
  /** RFC 3339 (JSON format §2.2 "Type System Mapping"): when the fact was so. */
  readonly time: string
  readonly datacontenttype: 'application/json'
  /** A JSON value as it is, not as text (JSON format §3.1 "Handling of data"). */
  readonly data: unknown
  /** Place in the whole log: opaque, ordered by plain string comparison. */
  readonly position: string
  /** Place in its stream, from 0; CloudEvents' Integer has 32 bits, and a stream stays far below. */
  readonly revision: number
  /** Version of the data's shape. */
  readonly schemaversion: number
  readonly correlationid: string
  readonly causationid?: string
  readonly customerid?: string
}

/** JSON format §3 "Envelope". */
export const CLOUD_EVENT_MEDIA_TYPE = 'application/cloudevents+json'

/** `source` of this hub's events: where the feed is, or only its path while nobody says where the hub is found. */
export const cloudEventSource = (origin: string | null): string => `${origin ?? ''}/events`

export type CloudEventOptions = {
  /** A URI-reference that names this hub. */
  readonly source: string
  /** The client may have what is personal to customers. */
  readonly personal: boolean
}

/** The event as other systems get it. */
export const cloudEventOf = (event: RecordedEvent, { source, personal }: CloudEventOptions): CloudEvent => {
  const { metadata } = event
  const subject = personal ? event.stream : withoutHashedName(event.stream)
  return {
    specversion: '1.0',
    id: event.id,
    source,
    type: `centralino.${event.type}`,
    ...(subject === null ? {} : { subject }),
    time: metadata.occurredAt,
    datacontenttype: 'application/json',
    position: event.position,
    revision: Number(event.revision),
    schemaversion: event.schemaVersion,
    correlationid: metadata.correlationId,
    ...(metadata.causationId === null ? {} : { causationid: metadata.causationId }),
    ...(metadata.customerId === undefined ? {} : { customerid: metadata.customerId }),
    data: personal ? event.data : withoutPersonalFields(event.type, event.data),
  }
}
