import type { CorrespondenceEvent, MailMessageEvent } from '@centralino/domain'
import type { SamplesOf } from './samples-of.ts'

export const correspondenceSamples = {
  ThreadOpened: {
    threadId: '1584842f-f72e-57a1-ba96-e747bff0eead',
    customerId: 'piotr-zielinski',
    subject: 'Faktura za październik, korekta',
    at: '2026-11-11T16:45:00.000Z',
  },
  MailReceived: {
    threadId: '970a2766-280f-543a-b018-fa494233109e',
    interactionId: '5d1c86ba-dcf5-5c0f-8db1-ae6bd4249437',
    customerId: 'studio-legale-bassi',
    mailId: 'ba2952a2-809c-5506-81fe-65c354e1bc00',
    headers: {
      messageId: '<01a20d41-5e75-7799-b3f1-c996183eaa30@studiobassi.example>',
      inReplyTo: null,
      references: [],
    },
    from: {
      name: 'Studio Legale Bassi',
      address: 'segreteria@studiobassi.example',
    },
    replyTo: [{ name: null, address: 'delega@studiobassi.example' }],
    to: [
      {
        name: null,
        address: 'billing@linfa.example',
      },
    ],
    cc: [],
    subject: 'Delega firmata',
    excerpt:
      'Buongiorno, in allegato la delega firmata per il cambio di intestatario. Cordiali saluti Studio Legale Bassi',
    text: {
      sha256: '1c58e28bd1bd3d6da084f379cbde88b3f49c84cc40ea4d5cb2fbe73510e43294',
      bytes: 110,
    },
    html: null,
    attachments: [
      {
        sha256: '79370862c6cb54e96ed3125464c11e4ce3e8b08fb5048723695b6b9e9728d701',
        bytes: 125,
        filename: 'delega.pdf',
        contentType: 'application/pdf',
      },
    ],
    raw: {
      sha256: 'a87babc4bcce4867dfbe36d36077d68bc914332ebf1d955eb3a19717ee41625a',
      bytes: 889,
    },
    defects: ['noMessageId'],
    at: '2026-10-16T07:02:00.000Z',
  },
  ReplySubmitted: {
    threadId: '970a2766-280f-543a-b018-fa494233109e',
    mailId: '01a20d41-5f3f-70e6-b090-c2042f80e214',
    interactionId: '5d1c86ba-dcf5-5c0f-8db1-ae6bd4249437',
    customerId: 'studio-legale-bassi',
    agentId: 'sofia-marchetti',
    headers: {
      messageId: '<01a20d41-5f3f-70e6-b090-c2042f80e214@linfa.example>',
      inReplyTo: '<01a20d41-5e75-7799-b3f1-c996183eaa30@studiobassi.example>',
      references: ['<01a20d41-5e75-7799-b3f1-c996183eaa30@studiobassi.example>'],
    },
    from: {
      name: null,
      address: 'billing@linfa.example',
    },
    to: [
      {
        name: 'Studio Legale Bassi',
        address: 'segreteria@studiobassi.example',
      },
    ],
    subject: 'Re: Delega firmata',
    excerpt:
      'Buongiorno, abbiamo ricevuto la delega: il cambio è attivo dal primo del mese. Cordiali saluti Linfa',
    text: {
      sha256: 'e4cd46763aeb35007a04d687997b35a543b1a98db5459c9226715244b1186092',
      bytes: 103,
    },
    at: '2026-10-16T07:36:11.000Z',
  },
  MailSent: {
    threadId: '970a2766-280f-543a-b018-fa494233109e',
    mailId: '01a20d41-5f3f-70e6-b090-c2042f80e214',
    interactionId: '5d1c86ba-dcf5-5c0f-8db1-ae6bd4249437',
    customerId: 'studio-legale-bassi',
    response: '250 2.0.0 Ok',
    at: '2026-10-16T07:36:13.000Z',
  },
  MailSendFailed: {
    threadId: '0193a1b2-0000-7000-8000-000000000030',
    mailId: '0193a1b2-0000-7000-8000-000000000031',
    interactionId: '0193a1b2-0000-7000-8000-000000000010',
    customerId: 'giulia-ferrante',
    attempt: 2,
    code: 'ECONNECTION',
    permanent: false,
    retryAt: '2026-11-24T09:00:00.000Z',
    at: '2026-11-24T09:00:00.000Z',
  },
  MailDeliveryReported: {
    threadId: '970a2766-280f-543a-b018-fa494233109e',
    mailId: '01a20d41-5f3f-70e6-b090-c2042f80e214',
    interactionId: '5d1c86ba-dcf5-5c0f-8db1-ae6bd4249437',
    customerId: 'studio-legale-bassi',
    reportId: '8c1f0f0e-4bd4-5bd4-9a0c-2f5f0d7c8a11',
    raw: {
      sha256: '0c64f2d04f2f6a0cbb1cf7ad6ed0b7d9e3e6ff1fd0e6f7db0a1e6f6a3b0a4f2e',
      bytes: 2841,
    },
    action: 'failed',
    status: '5.2.2',
    recipients: ['segreteria@studiobassi.example'],
    at: '2026-10-16T07:36:20.000Z',
  },
  MailMessageFiled: {
    messageId: '<01a20d41-5e75-7799-b3f1-c996183eaa30@studiobassi.example>',
    threadId: '970a2766-280f-543a-b018-fa494233109e',
    mailId: 'ba2952a2-809c-5506-81fe-65c354e1bc00',
    customerId: 'studio-legale-bassi',
    contentSha256: null,
    at: '2026-10-16T07:02:00.000Z',
  },
  MailMessageDeliveredAgain: {
    messageId: '<01a20d41-5e75-7799-b3f1-c996183eaa30@studiobassi.example>',
    filedAs: 'ba2952a2-809c-5506-81fe-65c354e1bc00',
    mailId: '5f0f5b0e-4bd4-5bd4-9a0c-2f5f0d7c8a11',
    customerId: 'studio-legale-bassi',
    addressedTo: ['support@linfa.example'],
    raw: {
      sha256: 'a87babc4bcce4867dfbe36d36077d68bc914332ebf1d955eb3a19717ee41625a',
      bytes: 893,
    },
    at: '2026-10-16T07:02:04.000Z',
  },
} as const satisfies SamplesOf<CorrespondenceEvent | MailMessageEvent>
