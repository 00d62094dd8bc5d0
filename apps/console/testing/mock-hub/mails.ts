import { ago, type Made } from './people.ts'

type Mail = Record<string, unknown>

const piotr = { name: 'Piotr Zieliński', address: 'piotr.zielinski@poczta.example' }
const us = { name: 'Linfa Energia', address: 'billing@linfa.example' }

const mail = (over: Mail): Mail => ({
  __typename: 'Mail',
  cc: [],
  agent: null,
  status: 'RECEIVED',
  lastError: null,
  retryAt: null,
  attempts: 0,
  safeHtml: null,
  blockedImages: 0,
  attachments: [],
  defects: [],
  automatic: null,
  reportedAction: null,
  reportedTrouble: null,
  rawUrl: null,
  excerpt: '',
  answersTo: [over['direction'] === 'OUTBOUND' ? piotr : over['from']],
  ...over,
})

/** A correspondence with each thing that a mail can bring: a file, a quotation, HTML, a defect, a reply not sent yet. */
export function makeThread(now: number, { agents, customers }: Made) {
  return {
    __typename: 'MailThread',
    id: 'thread-piotr',
    subject: 'Faktura za październik, korekta',
    customer: customers.piotr,
    mails: [
      mail({
        id: 'mail-1',
        direction: 'INBOUND',
        from: piotr,
        to: [us],
        subject: 'Faktura za październik',
        at: ago(now, 60 * 24 * 11),
        text: 'Dzień dobry, proszę o korektę faktury.',
        safeHtml:
          '<p>Dzień dobry,</p><p>proszę o <b>korektę</b> faktury za październik.</p><table border="1"><tr><td>NIP</td><td>676-000-00-00</td></tr></table><p><a href="https://poczta.example/">moja firma</a></p>',
        blockedImages: 2,
        defects: ['brokenMime', 'textCut'],
        rawUrl: '/files/raw/faktura.eml',
      }),
      mail({
        id: 'mail-2',
        direction: 'OUTBOUND',
        from: us,
        to: [piotr],
        agent: agents.sofia,
        status: 'RETRYING',
        attempts: 2,
        retryAt: new Date(now + 60_000).toISOString(),
        subject: 'Re: Faktura za październik',
        at: ago(now, 60 * 24 * 9),
        text: 'Dzień dobry, Panie Piotrze, sprawdzamy i wrócimy z korektą.',
      }),
      mail({
        id: 'mail-3',
        direction: 'INBOUND',
        from: piotr,
        to: [us],
        subject: 'Faktura za październik, korekta',
        at: ago(now, 96),
        text: [
          'Dzień dobry,',
          '',
          'w załączonej fakturze nadal jest stary adres i błędny NIP. Prosiłem o korektę już 12 listopada.',
          'Księgowa zamyka miesiąc w środę, więc sprawa jest pilna.',
          '',
          'Pozdrawiam',
          'Piotr Zieliński',
          '',
          'W dniu 14.11 Linfa Energia napisała:',
          '> Dzień dobry, Panie Piotrze,',
          '> sprawdzamy i wrócimy z korektą.',
        ].join('\n'),
        attachments: [
          {
            filename: 'faktura-2026-10.pdf',
            contentType: 'application/pdf',
            bytes: 182_400,
            url: '/files/abc/faktura-2026-10.pdf',
          },
        ],
      }),
    ],
  }
}
