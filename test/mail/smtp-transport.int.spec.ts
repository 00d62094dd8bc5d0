import { mailTransportContract } from '@centralino/api/channels/email/outbox/mail-transport.contract'
import { createSmtpTransport } from '@centralino/api/channels/email/outbox/smtp-transport'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasMailServer, type MailServer, startMailServer } from '../peers/mail-server.ts'

const FROM = 'support@linfa.test'
const GIULIA = 'giulia.ferrante@posta.example'

describe.skipIf(!hasMailServer && !process.env['CI'])(
  'through Postfix (needs root and: apt-get install dovecot-core dovecot-imapd dovecot-lmtpd postfix)',
  () => {
    mailTransportContract('SMTP', async () => {
      const server = await startMailServer()
      const transport = createSmtpTransport(server.smtpUrl)
      return {
        transport,
        from: FROM,
        to: GIULIA,
        arrived: (count) => server.mailsOf('customer', count),
        breakDown: () => server.stop('smtp'),
        mend: () => server.start('smtp'),
        [Symbol.asyncDispose]: async () => {
          await transport[Symbol.asyncDispose]()
          await server[Symbol.asyncDispose]()
        },
      }
    })

    describe('what Postfix refuses', () => {
      let server: MailServer
      beforeAll(async () => {
        server = await startMailServer()
      })
      afterAll(() => server?.[Symbol.asyncDispose]())

      const send = async (url: string, ...to: readonly string[]) => {
        await using transport = createSmtpTransport(url)
        return await transport.send({
          messageId: '<refused@linfa.test>',
          inReplyTo: null,
          references: [],
          from: { name: null, address: FROM },
          to: to.map((address) => ({ name: null, address })),
          subject: 'Refused',
          text: 'words',
          date: '2026-11-24T09:14:00.000Z',
        })
      }

      test('for good, since nobody has the address, is permanent (5yz, RFC 5321 §4.2.1)', async () => {
        expect(await send(server.smtpUrl, 'nobody@linfa.test')).toEqual({
          outcome: 'failed',
          code: 'SMTP_550',
          permanent: true,
        })
      })

      test('of several recipients is counted, and the others have the mail', async () => {
        expect(await send(server.smtpUrl, GIULIA, 'nobody@linfa.test')).toMatchObject({
          outcome: 'sent',
          refusedRecipients: 1,
        })
        expect(await server.mailsOf('customer', 1)).toHaveLength(1)
      })

      test('of a login is the operator’s to mend, and the mail waits', async () => {
        const url = new URL(server.smtpUrl)
        url.password = 'wrong'
        expect(await send(url.href, GIULIA)).toEqual({
          outcome: 'failed',
          code: 'SMTP_535',
          permanent: false,
        })
      })
    })
  },
)
