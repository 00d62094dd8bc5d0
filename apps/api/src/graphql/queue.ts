import { fromJson } from '@centralino/projections'
import { EVERYBODY } from './access.ts'
import { displayPhone } from './contact-point.ts'
import { QueueRef } from './refs.ts'
import { builder } from './schema-builder.ts'

builder.node(QueueRef, {
  authScopes: { role: EVERYBODY },
  id: { resolve: (queue) => queue.queue_id },
  loadOne: async (id, { readModels }) =>
    (await readModels.queues()).find((queue) => queue.queue_id === id) ?? null,
  fields: (t) => ({
    name: t.exposeString('name'),
    requiredSkills: t.stringList({ resolve: (queue) => [...fromJson(queue.required_skills)] }),
    offerTimeoutSeconds: t.exposeInt('offer_timeout_seconds'),
    wrapUpSeconds: t.exposeInt('wrap_up_seconds'),
    entryPoints: t.stringList({
      description: 'Numbers (E.164) and addresses that lead here.',
      resolve: (queue) => [...fromJson(queue.entry_points)],
    }),
    entryPointsDisplay: t.stringList({
      description: 'The same in the same order, numbers grouped by country.',
      resolve: (queue) =>
        fromJson(queue.entry_points).map((one) => (one.includes('@') ? one : displayPhone(one))),
    }),
  }),
})

builder.queryField('queues', (t) =>
  t.field({
    type: [QueueRef],
    authScopes: { role: EVERYBODY },
    resolve: async (_root, _args, { readModels }) => [...(await readModels.queues())],
  }),
)
