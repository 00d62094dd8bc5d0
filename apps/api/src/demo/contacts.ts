import type { Disposition } from '@centralino/domain'
import { BILLING, type DemoCustomerName, type DemoQueue, SUPPORT } from './people.ts'

type When = {
  /** Working days before today. */
  readonly workingDaysAgo: number
  /** Local time of the floor, `HH:MM`. */
  readonly time: string
}

type Outcome = { readonly disposition: Disposition; readonly note: string }

export type PastCall = When &
  Outcome & {
    readonly kind: 'call'
    readonly from: DemoCustomerName
    readonly queue: DemoQueue
    /** From the offer to the answer. */
    readonly ringSeconds: number
    readonly talkSeconds: number
    /** The first agent who was asked let the offer lapse. */
    readonly missedOnce?: true
    readonly heldSeconds?: number
  }

/** Nobody was free, and the caller hung up. */
export type AbandonedCall = When & {
  readonly kind: 'abandonedCall'
  readonly from: DemoCustomerName
  readonly queue: DemoQueue
  readonly waitedSeconds: number
}

export type PastMail = When &
  Outcome & {
    readonly kind: 'mail'
    readonly from: DemoCustomerName
    readonly queue: DemoQueue
    readonly subject: string
    readonly text: string
    readonly html?: string
    readonly attachment?: {
      readonly filename: string
      readonly contentType: string
      readonly content: string
    }
    /** The agent's answer, so many minutes later; null: closed without one. */
    readonly reply: { readonly afterMinutes: number; readonly text: string } | null
  }

export type PastContact = PastCall | AbandonedCall | PastMail

/** The last weeks of the demo's customers, oldest first. One contact at a time. */
export const PAST_CONTACTS: readonly PastContact[] = [
  {
    kind: 'call',
    workingDaysAgo: 28,
    time: '10:12',
    from: 'rosa',
    queue: BILLING,
    ringSeconds: 6,
    talkSeconds: 214,
    disposition: 'solved',
    note: 'Asked to move the due date to the 5th of each month. Done.',
  },
  {
    kind: 'mail',
    workingDaysAgo: 27,
    time: '09:02',
    from: 'bassi',
    queue: BILLING,
    subject: 'Delega firmata',
    text: 'Buongiorno,\n\nin allegato la delega firmata per il cambio di intestatario.\n\nCordiali saluti\nStudio Legale Bassi',
    attachment: {
      filename: 'delega.pdf',
      contentType: 'application/pdf',
      content:
        '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
    },
    reply: {
      afterMinutes: 34,
      text: 'Buongiorno,\n\nabbiamo ricevuto la delega: il cambio è attivo dal primo del mese.\n\nCordiali saluti\nLinfa',
    },
    disposition: 'solved',
    note: 'Mandate filed, holder changed.',
  },
  {
    kind: 'call',
    workingDaysAgo: 23,
    time: '15:47',
    from: 'farmacia',
    queue: SUPPORT,
    ringSeconds: 4,
    talkSeconds: 168,
    disposition: 'solved',
    note: 'Meter reading taken by phone.',
  },
  {
    kind: 'call',
    workingDaysAgo: 20,
    time: '11:05',
    from: 'amelia',
    queue: SUPPORT,
    ringSeconds: 8,
    talkSeconds: 305,
    heldSeconds: 41,
    disposition: 'needsCallback',
    note: 'Flat 4 shows the meter of flat 6. Technician to look.',
  },
  {
    kind: 'mail',
    workingDaysAgo: 18,
    time: '16:20',
    from: 'amelia',
    queue: SUPPORT,
    subject: 'Meter reading for flat 4',
    text: 'Hello,\n\nthe technician came today and the reading for flat 4 is 08812. Could you correct the last bill?\n\nBest wishes\nAmelia Whitcombe',
    html: '<p>Hello,</p><p>the technician came today and the reading for <b>flat 4</b> is <b>08812</b>. Could you correct the last bill?</p><p>Best wishes<br>Amelia Whitcombe</p><img src="https://tracker.mail.example/open.gif" width="1" height="1" alt="">',
    reply: {
      afterMinutes: 51,
      text: 'Dear Ms Whitcombe,\n\nthank you, the reading is in and a corrected bill is on its way.\n\nKind regards\nLinfa',
    },
    disposition: 'solved',
    note: 'Reading corrected, bill drawn again.',
  },
  {
    kind: 'call',
    workingDaysAgo: 15,
    time: '09:31',
    from: 'lorenzo',
    queue: BILLING,
    ringSeconds: 5,
    talkSeconds: 142,
    disposition: 'solved',
    note: 'Asked whether he can pay by instalments. Three instalments agreed.',
  },
  {
    kind: 'call',
    workingDaysAgo: 13,
    time: '14:02',
    from: 'marco',
    queue: BILLING,
    ringSeconds: 7,
    talkSeconds: 161,
    disposition: 'solved',
    note: 'Gas meter moved to the new tariff. Called from the home number.',
  },
  {
    kind: 'mail',
    workingDaysAgo: 9,
    time: '17:45',
    from: 'piotr',
    queue: BILLING,
    subject: 'Faktura za październik, korekta',
    text: 'Dzień dobry,\n\nna fakturze jest stary adres i błędny NIP. Proszę o korektę.\n\nPozdrawiam\nPiotr Zieliński',
    reply: null,
    disposition: 'passedOn',
    note: 'Correction asked of the invoicing team.',
  },
  {
    kind: 'call',
    workingDaysAgo: 8,
    time: '10:02',
    from: 'piotr',
    queue: BILLING,
    ringSeconds: 5,
    talkSeconds: 231,
    disposition: 'passedOn',
    note: 'Told that a correction follows. Accountant closes the month on Wednesday.',
  },
  {
    kind: 'call',
    workingDaysAgo: 7,
    time: '12:40',
    from: 'anna',
    queue: SUPPORT,
    ringSeconds: 3,
    talkSeconds: 97,
    disposition: 'solved',
    note: 'New postal address taken.',
  },
  {
    kind: 'mail',
    workingDaysAgo: 5,
    time: '09:14',
    from: 'giulia',
    queue: BILLING,
    subject: 'Doppio addebito ottobre',
    text: 'Buongiorno,\n\nho trovato due addebiti di 96,40 € il 4 e il 6 novembre per la stessa fattura. Potete controllare?\n\nGrazie\nGiulia Ferrante',
    reply: {
      afterMinutes: 72,
      text: 'Gentile signora Ferrante,\n\nabbiamo passato la segnalazione all’amministrazione e la richiamiamo entro martedì.\n\nCordiali saluti\nLinfa',
    },
    disposition: 'needsCallback',
    note: 'Two debits of €96.40 on one invoice. Accounting is looking.',
  },
  {
    kind: 'abandonedCall',
    workingDaysAgo: 5,
    time: '11:31',
    from: 'giulia',
    queue: BILLING,
    waitedSeconds: 228,
  },
  {
    kind: 'call',
    workingDaysAgo: 4,
    time: '16:42',
    from: 'giulia',
    queue: BILLING,
    ringSeconds: 11,
    talkSeconds: 372,
    heldSeconds: 65,
    missedOnce: true,
    disposition: 'complaint',
    note: 'October invoice charged twice. Promised an answer by Tuesday. She was upset, then calm.',
  },
  {
    kind: 'call',
    workingDaysAgo: 3,
    time: '09:20',
    from: 'james',
    queue: BILLING,
    ringSeconds: 6,
    talkSeconds: 188,
    disposition: 'refundRequested',
    note: 'Direct debit taken twice. Refund asked.',
  },
  {
    kind: 'mail',
    workingDaysAgo: 2,
    time: '08:55',
    from: 'anna',
    queue: SUPPORT,
    subject: 'Nowy adres do korespondencji',
    text: 'Dzień dobry,\n\npotwierdzam nowy adres: ul. Długa 14, 80-827 Gdańsk.\n\nAnna Nowak',
    reply: {
      afterMinutes: 25,
      text: 'Dzień dobry,\n\ndziękujemy, adres został zmieniony.\n\nPozdrawiamy\nLinfa',
    },
    disposition: 'solved',
    note: 'Address confirmed in writing.',
  },
  {
    kind: 'call',
    workingDaysAgo: 1,
    time: '15:10',
    from: 'rosa',
    queue: BILLING,
    ringSeconds: 5,
    talkSeconds: 119,
    disposition: 'needsCallback',
    note: 'Asks to be called back about the new tariff.',
  },
]
