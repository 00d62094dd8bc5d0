import { OPERATION } from './access.ts'
import { FactRef, MailRef, OperatorNoticeRef } from './refs.ts'
import { builder } from './schema-builder.ts'

const HealthRef = builder.objectRef<Record<never, never>>('Health').implement({
  authScopes: { role: OPERATION },
  fields: (t) => ({
    store: t.string({
      description: 'The log: up, away (its servers do not answer) or notWritable.',
      resolve: (_root, _args, { connections }) => connections.store(),
    }),
    edge: t.string({
      description: 'The voice edge: starting, up or away.',
      resolve: (_root, _args, { connections }) => connections.edge(),
    }),
    mailbox: t.string({
      description: 'IMAP: off, starting, up or away.',
      resolve: (_root, _args, { connections }) => connections.mailbox(),
    }),
    smtp: t.string({
      description: 'SMTP: off, up (nothing to send, or the last mail was taken) or down.',
      resolve: (_root, _args, { connections }) => connections.smtp(),
    }),
    notices: t.field({
      type: [OperatorNoticeRef],
      description: 'Newest first.',
      resolve: (_root, _args, { notices }) => [...notices.list()],
    }),
    undelivered: t.field({
      type: [MailRef],
      description: 'Mails that are not sent yet, or that were given up.',
      resolve: async (_root, _args, { readModels }) => [...(await readModels.undeliveredMails())],
    }),
  }),
})

builder.queryField('health', (t) =>
  t.field({ type: HealthRef, authScopes: { role: OPERATION }, resolve: () => ({}) }),
)

OperatorNoticeRef.implement({
  authScopes: { role: OPERATION },
  fields: (t) => ({
    code: t.exposeString('code'),
    at: t.field({ type: 'Instant', description: 'The last time.', resolve: (notice) => notice.at }),
    count: t.exposeInt('count'),
    facts: t.field({
      type: [FactRef],
      description: 'Facts without personal data.',
      resolve: (notice) =>
        Object.entries(notice.facts).map(([name, value]) => ({ name, value: String(value) })),
    }),
  }),
})
