import { type Instant, queueStream } from '@centralino/domain'
import { afresh, hubActor } from '../commands/because.ts'
import type { Operations } from '../operations.ts'
import { SUPPORT } from './people.ts'

/** The address that the demo's mailbox is read for leads to Support, also when it is not Linfa's own. */
export const letMailIn = async (
  { handlers, directory }: Pick<Operations, 'handlers' | 'directory'>,
  address: string,
  at: Instant,
): Promise<void> => {
  if (directory.queueFor(address) !== null) return
  const queue = await handlers.queue.state(queueStream(SUPPORT.queueId))
  if (queue.status === 'none') return
  const { settings } = queue
  const handled = await handlers.queue.handle(
    {
      type: 'ChangeQueue',
      queueId: SUPPORT.queueId,
      settings: { ...settings, entryPoints: [...settings.entryPoints, address] },
      at,
    },
    afresh(hubActor('demo')),
  )
  if (handled.outcome === 'accepted') directory.note(handled.events)
}
