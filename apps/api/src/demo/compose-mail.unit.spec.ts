import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { composeMail } from './compose-mail.ts'

describe('a mail of the demo', () => {
  it('is read by a mail program as it was meant', async () => {
    const mail = await PostalMime.parse(
      composeMail({
        from: { name: 'Piotr Zieliński', address: 'piotr@poczta.example' },
        to: 'billing@linfa.example',
        subject: 'Faktura za październik',
        at: new Date('2026-11-12T16:45:00Z'),
        messageId: '<1@poczta.example>',
        text: 'Dzień dobry,\n\nproszę o korektę.',
        html: '<p>Dzień dobry</p>',
        attachment: { filename: 'faktura.pdf', contentType: 'application/pdf', content: '%PDF-1.4' },
      }),
    )
    expect(mail).toMatchObject({
      from: { name: 'Piotr Zieliński', address: 'piotr@poczta.example' },
      subject: 'Faktura za październik',
      messageId: '<1@poczta.example>',
      date: '2026-11-12T16:45:00.000Z',
    })
    expect(mail.text?.trim()).toBe('Dzień dobry,\n\nproszę o korektę.')
    expect(mail.html).toContain('Dzień dobry')
    expect(mail.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
      ['faktura.pdf', 'application/pdf'],
    ])
  })
})
