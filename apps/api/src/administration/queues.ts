import {
  type CountryCode,
  type Instant,
  parseId,
  type QueueCommand,
  type QueueId,
  type QueueSettings,
  queueStream,
} from '@centralino/domain'
import { uuidv7 } from '@centralino/event-store'
import { afresh } from '../commands/because.ts'
import type { CommandHandlers } from '../commands/command-handlers.ts'
import type { Directory } from '../directory/directory.ts'
import { type Acted, acted, refused } from './acted.ts'
import type { AdministrationOutcome, AdministrationRefusalCode, Administrator } from './administration.ts'
import { toQueueSettings } from './to-settings.ts'

export type QueueRooms = {
  readonly handlers: Pick<CommandHandlers, 'queue'>
  readonly directory: Pick<Directory, 'queueIds' | 'note'>
  readonly now: () => Instant
  /** Whose national numbers are meant by digits without a country code. */
  readonly country: CountryCode
}

/**
 * The queues and what leads to them. Names and entry points belong to one queue each, which no single stream can see to:
 * all queues are looked at before one is written. One action at a time: whoever calls sees to that.
 */
export const createQueues = ({ handlers, directory, now, country }: QueueRooms) => {
  /** Of another queue; read from the log itself, which the directory follows a moment behind. */
  const clashOf = async (
    queueId: QueueId,
    settings: QueueSettings,
  ): Promise<AdministrationRefusalCode | null> => {
    const name = nameKey(settings.name)
    const entryPoints = new Set(settings.entryPoints)
    for (const otherId of directory.queueIds()) {
      const other = await handlers.queue.state(queueStream(otherId))
      if (otherId === queueId || other.status === 'none') continue
      if (nameKey(other.settings.name) === name) return 'QUEUE_NAME_TAKEN'
      if (other.settings.entryPoints.some((one) => entryPoints.has(one.toLowerCase())))
        return 'ENTRY_POINT_TAKEN'
    }
    return null
  }

  const settle = async (
    by: Administrator,
    type: QueueCommand['type'],
    queueId: QueueId,
    given: QueueSettings,
  ): Promise<Acted<AdministrationOutcome>> => {
    const settings = toQueueSettings(given, country)
    if (!settings.ok) return refused(settings.code, queueId)
    const clash = await clashOf(queueId, settings.value)
    if (clash !== null) return refused(clash, queueId)
    const handled = await handlers.queue.handle(
      { type, queueId, settings: settings.value, at: now() },
      afresh({ kind: 'user', id: by.accountId }),
    )
    if (handled.outcome === 'refused') return refused(handled.refusal.code, queueId)
    // The next call to the number finds its queue, however far behind the directory is.
    directory.note(handled.events)
    return acted({ ok: true }, queueId, handled.events.at(-1)?.id ?? null)
  }

  return {
    addQueue: (by: Administrator, given: QueueSettings) =>
      settle(by, 'DefineQueue', parseId('queue', uuidv7()), given),

    changeQueue: async (by: Administrator, queueId: QueueId, given: QueueSettings) => {
      const { status } = await handlers.queue.state(queueStream(queueId))
      return status === 'none' ? refused('QUEUE_UNKNOWN') : settle(by, 'ChangeQueue', queueId, given)
    },
  }
}

/** `Billing` and `billing` are one name to whoever reads them. */
const nameKey = (name: string): string => name.normalize('NFC').toLowerCase()
