import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBlobStore, EventStoreError } from '@centralino/event-store'
import { temporaryEventStore } from '@centralino/event-store/testing'
import { expect, test } from 'vitest'
import { createCommandHandlers } from '../../commands/command-handlers.ts'
import { systemClock } from '../../floor/clock.ts'
import { createIdentification } from '../../identification/identification.ts'
import { createNotices } from '../../observability/notices.ts'
import { createMailChannel } from './mail-channel.ts'

test('that the outbox can follow the log no longer is told, so that no reply waits unseen', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mail-channel-'))
  await using store = await temporaryEventStore()
  const broken = Promise.withResolvers<void>()
  const handlers = createCommandHandlers(store)
  await using mail = createMailChannel({
    store: {
      ...store,
      subscribe: () => ({ ended: broken.promise, [Symbol.asyncDispose]: async () => {} }),
    },
    handlers,
    identification: createIdentification(handlers),
    directory: { queueFor: () => null },
    blobs: await createBlobStore(join(dataDir, 'blobs')),
    clock: systemClock,
    notices: createNotices({}),
    onReactionFailure: () => {},
    dataDir,
    imapUrl: null,
    smtpUrl: null,
    address: 'support@linfa.test',
  })
  await mail.start()
  broken.reject(new EventStoreError('STORE_CLOSED', { reason: 'THREAD_LOST' }))
  await expect(mail.ended).rejects.toMatchObject({ code: 'STORE_CLOSED' })
  await rm(dataDir, { recursive: true })
})
