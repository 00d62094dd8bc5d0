import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type FloorId, type Instant, toInstant, unreachable } from '@centralino/domain'
import { type BlobStore, type EventStore, openEventStore } from '@centralino/event-store'
import { createCorrespondenceHandlers } from '../channels/email/correspondence-handlers.ts'
import { createMailChannel } from '../channels/email/index.ts'
import type { MailTransport } from '../channels/email/outbox/mail-transport.ts'
import { afresh, hubActor } from '../commands/because.ts'
import { createCommandHandlers } from '../commands/command-handlers.ts'
import { createIdentification } from '../identification/identification.ts'
import type { Notices } from '../observability/notices.ts'
import { systemClock } from '../time/clock.ts'
import { PAST_CONTACTS, type PastContact } from './contacts.ts'
import { abandonedCall, pastCall } from './past-call.ts'
import { accepted, after } from './past-contact.ts'
import { createPastFloor } from './past-floor.ts'
import { type PastMailRooms, pastMail } from './past-mail.ts'
import { pastTime } from './past-time.ts'
import { DEMO_AGENTS, DEMO_CUSTOMERS, DEMO_QUEUES } from './people.ts'

export type SeedOptions = {
  readonly floorId: FloorId
  readonly timeZone: string
  readonly now: Instant
  readonly blobs: BlobStore
  readonly notices: Notices
  /** Where the outbox's checkpoint would stand; nothing is written there. */
  readonly dataDir: string
  /** Closed at the end; nothing is handed to it, since what was answered then was sent then. */
  readonly transport: MailTransport
  /** Told when there is something to do. */
  readonly onBegin?: () => void
}

/**
 * Fills an empty log with the demo: agents, queues, customers and their last weeks, all through the commands that the
 * hub itself gives, with the times of then. What the reactors would have done is told too, so they must not start
 * before this log's end.
 */
export const seedLog = async (store: EventStore, options: SeedOptions): Promise<void> => {
  const { floorId, timeZone, now } = options
  const handlers = createCommandHandlers(store)
  const identification = createIdentification(handlers)
  const correspondence = createCorrespondenceHandlers(store)
  let clock = now
  await using mail = createMailChannel({
    store,
    handlers,
    identification,
    directory: { queueFor: queueOfDemo },
    blobs: options.blobs,
    clock: { ...systemClock, now: () => clock },
    notices: options.notices,
    onReactionFailure: ({ error }) => {
      throw error
    },
    dataDir: options.dataDir,
    openMailbox: null,
    transport: options.transport,
    address: DEMO_QUEUES[1]?.settings.entryPoints[1] ?? '',
    offersAutomatic: new Set(),
  })
  const rooms: PastMailRooms = {
    handlers,
    identification,
    correspondence,
    floor: createPastFloor(store, floorId),
    mail,
    setClock: (at) => {
      clock = at
    },
  }
  await foundCompany(rooms, pastTime(now, timeZone, 60, '08:00').at)

  const history = PAST_CONTACTS.map((contact) => ({
    contact,
    ...pastTime(now, timeZone, contact.workingDaysAgo, contact.time),
  })).sort((one, other) => (one.at < other.at ? -1 : 1))
  for (const [index, { contact, day, at }] of history.entries()) {
    await rooms.floor.begin(day, openingOf(day, timeZone))
    await tellContact(rooms, contact, at)
    if (history[index + 1]?.day !== day) await rooms.floor.end(closingOf(day, timeZone))
  }
}

const localTime = (day: string, timeZone: string, time: string): Instant =>
  toInstant(
    Temporal.PlainDate.from(day)
      .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) })
      .toInstant(),
  )
const openingOf = (day: string, timeZone: string): Instant => localTime(day, timeZone, '08:24')
const closingOf = (day: string, timeZone: string): Instant => localTime(day, timeZone, '18:02')

const queueOfDemo = (entryPoint: string) => {
  const found = DEMO_QUEUES.find(({ settings }) => settings.entryPoints.includes(entryPoint))
  return found ?? null
}

const tellContact = (rooms: PastMailRooms, contact: PastContact, at: Instant): Promise<void> => {
  switch (contact.kind) {
    case 'call':
      return pastCall(rooms, contact, at)
    case 'abandonedCall':
      return abandonedCall(rooms, contact, at)
    case 'mail':
      return pastMail(rooms, contact, at)
    default:
      return unreachable(contact)
  }
}

/** Agents hired, queues defined, customers registered. */
const foundCompany = async ({ handlers, identification }: PastMailRooms, at: Instant): Promise<void> => {
  const context = () => afresh(hubActor('demo'))
  for (const { agentId, name, skills } of DEMO_AGENTS) {
    accepted(
      'HireAgent',
      await handlers.agent.handle({ type: 'HireAgent', agentId, profile: { name, skills }, at }, context()),
    )
  }
  for (const { queueId, settings } of DEMO_QUEUES) {
    accepted(
      'DefineQueue',
      await handlers.queue.handle({ type: 'DefineQueue', queueId, settings, at }, context()),
    )
  }
  for (const [index, { customerId, profile, phones, emails }] of Object.values(DEMO_CUSTOMERS).entries()) {
    const registered = await identification.registerCustomer(
      {
        customerId,
        profile,
        contactPoints: [
          ...phones.map((value) => ({ kind: 'phone', value, raw: value }) as const),
          ...emails.map((value) => ({ kind: 'email', value, raw: value }) as const),
        ],
      },
      after(at, 60 * index),
      context(),
    )
    if (!registered.ok) throw new Error(`the demo's customer was refused: ${registered.code}`)
  }
}

/**
 * Makes the demo's log at `path` when there is none: beside it and renamed over, so that a crash in between leaves none.
 * Answers the position of its end, or null when there was a log already.
 */
export const seedLogFile = async (path: string, options: SeedOptions): Promise<string | null> => {
  if (existsSync(path)) return null
  options.onBegin?.()
  const beside = `${path}.seeding`
  const files = [beside, `${beside}-wal`, `${beside}-shm`, `${beside}-lock`]
  await mkdir(dirname(path), { recursive: true })
  for (const file of files) await rm(file, { force: true })
  let end: string | null = null
  {
    await using store = await openEventStore(`sqlite:${beside}`)
    await seedLog(store, options)
    for await (const event of store.readAll({ direction: 'backwards', limit: 1 })) end = event.position
  }
  await rename(beside, path)
  for (const file of files) await rm(file, { force: true })
  return end
}
