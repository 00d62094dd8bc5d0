import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasMailServer, type MailServer, startMailServer } from '../peers/mail-server.ts'
import { hasChromium } from '../world/browser.ts'
import { openDesk } from '../world/desk.ts'
import { eventually } from '../world/eventually.ts'
import { type HubProcess, startHub } from '../world/hub-process.ts'

const GIULIA = 'giulia.ferrante@posta.example'
const SUPPORT = 'support@linfa.test'
const PDF = Buffer.from('%PDF-1.4\n%âãÏÓ\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n', 'latin1')

describe.skipIf(!(hasChromium && hasMailServer) && !process.env['CI'])(
  'a mail (needs root and: apt-get install chromium dovecot-core dovecot-imapd dovecot-lmtpd postfix)',
  () => {
    let server: MailServer
    let hub: HubProcess

    beforeAll(async () => {
      server = await startMailServer()
      hub = await startHub({ IMAP_URL: server.imapUrl, SMTP_URL: server.smtpUrl, MAIL_ADDRESS: SUPPORT })
    })
    afterAll(async () => {
      await hub?.[Symbol.asyncDispose]()
      await server?.[Symbol.asyncDispose]()
    })

    it('is taken, read safely, its attachment saved, answered with a key, and stands on the timeline beside the calls', async () => {
      await using desk = await openDesk(hub.url, 'sofia@linfa.example')
      const { page } = desk
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.url()))
      await desk.beReady()
      await server.send({
        from: `Giulia Ferrante <${GIULIA}>`,
        to: SUPPORT,
        subject: 'Ancora il doppio addebito',
        text: 'Vedete allegato.',
        html: [
          '<p>Vedete <b>allegato</b>.</p><img src="https://tracker.posta.example/open.gif" alt="">',
          '<script>document.body.textContent = "taken over"</script>',
          '<img src="x" onerror="document.body.textContent = 1">',
        ].join(''),
        attachments: [{ filename: 'fattura ottobre.pdf', content: PDF, contentType: 'application/pdf' }],
      })

      // Who it is, and the calls before, stand there before the mail is taken.
      await page
        .getByText(/October invoice charged twice/)
        .first()
        .waitFor()
      await desk.answer()
      await desk.customer.getByRole('heading', { name: 'Giulia Ferrante' }).waitFor()
      const mail = page.getByRole('article', { name: 'E-mail from Giulia Ferrante' }).first()
      const words = mail.frameLocator('iframe').locator('body')
      await words.getByText('Vedete allegato.').waitFor()
      expect(await words.innerHTML()).not.toMatch(/script|onerror|tracker/i)
      await mail.getByText(/remote images? (is|are) off/).waitFor()

      const downloading = page.waitForEvent('download')
      await mail.getByRole('link', { name: /fattura ottobre\.pdf/ }).click()
      const download = await downloading
      expect(download.suggestedFilename()).toBe('fattura ottobre.pdf')
      expect((await readFile(await download.path())).equals(PDF)).toBe(true)

      await page.getByRole('textbox', { name: /^Reply to Giulia/ }).fill('Il rimborso è partito.')
      await page.keyboard.press('Control+Enter')
      const answer = page.getByRole('article').filter({ hasText: 'Il rimborso è partito.' })
      await answer.getByText('Sent', { exact: true }).waitFor()

      const [received = ''] = await eventually(
        'the answer is in the customer’s mailbox',
        () => server.mailsOf('customer', 0),
        (mails) => mails.length > 0,
      )
      expect(received).toContain('Subject: Re: Ancora il doppio addebito')

      await page.getByRole('textbox', { name: /^Reply to Giulia/ }).fill('Altro?')
      await page.getByRole('button', { name: 'Send and close' }).click()
      await desk.callBar.getByText('Ready', { exact: true }).first().waitFor()

      // Calls of the past weeks and this mail, in one timeline: a mail by its subject and the thread's newest words.
      const timeline = page.getByRole('list', { name: 'Timeline' })
      await page.getByRole('link', { name: 'Customers' }).first().click()
      await page.getByRole('row', { name: /Giulia Ferrante/ }).click()
      const contact = timeline.getByRole('listitem').filter({ hasText: 'Ancora il doppio addebito' }).first()
      await contact.getByText('Altro?').waitFor()
      await timeline.getByText('October invoice charged twice').first().waitFor()
      expect(asked.filter((url) => !url.startsWith(hub.url) && /^https?:/.test(url))).toEqual([])
    })
  },
)
