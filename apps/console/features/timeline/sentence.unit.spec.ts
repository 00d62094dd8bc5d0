import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import type { Locale } from '../../i18n/routing.ts'
import en from '../../messages/en.json' with { type: 'json' }
import it from '../../messages/it.json' with { type: 'json' }
import pl from '../../messages/pl.json' with { type: 'json' }
import { headlineOf } from './contact-headline.ts'
import { sentenceOf, type Told } from './sentence.ts'

const facts = (of: Record<string, string>) => Object.entries(of).map(([name, value]) => ({ name, value }))
const told = (type: string, of: Record<string, string> = {}, over: Partial<Told> = {}): Told => ({
  type,
  channel: 'CALL',
  agent: { id: 'luca', name: 'Luca Bianchi' },
  facts: facts(of),
  ...over,
})
const say =
  (messages: typeof en, locale: Locale) =>
  (entry: Told, me: string | null = null) => {
    const t = createTranslator({
      locale,
      messages,
      onError: (error) => {
        throw error
      },
    })
    const { key, values } = sentenceOf(entry, me)
    return t(key, values)
  }
const english = say(en, 'en')

const TROUBLES = [
  'noSuchMailbox',
  'noSuchDomain',
  'mailboxClosed',
  'mailboxFull',
  'tooLarge',
  'notReached',
  'tookTooLong',
  'loop',
  'contentRefused',
  'notAllowed',
  'unknown',
] as const

/** Every event that the timeline holds, each once with what the hub tells of it. */
const ALL: readonly Told[] = [
  told('ProvisionalCustomerCreated', { kind: 'phone' }),
  told('CustomerRegistered', { name: 'Giulia' }),
  told('CustomerIdentified', { name: 'Giulia' }),
  told('CustomerProfileChanged', { name: 'Giulia' }),
  told('CustomerContactPointAdded', { kind: 'email' }),
  told('InteractionOpened'),
  told('InteractionOpened', {}, { channel: 'EMAIL' }),
  told('InteractionQueued', { queue: 'Billing' }),
  told('InteractionOffered', { offerSeconds: '20' }),
  told('InteractionOfferEnded', { how: 'lapsed' }),
  told('InteractionHandlingStarted', { answeredAfterSeconds: '8', waitedSeconds: '11' }),
  told('InteractionHandlingStarted', {}, { channel: 'EMAIL' }),
  told('InteractionHandlingEnded', { how: 'customerLeft', handledSeconds: '478' }),
  told('InteractionHandlingEnded', { how: 'putBack', handledSeconds: '478' }, { channel: 'EMAIL' }),
  told('InteractionReturnedToQueue', { queue: 'Billing' }),
  told('InteractionReturnedToQueue', { queue: 'Billing', why: 'takenBack' }, { channel: 'EMAIL' }),
  told('InteractionAbandoned', { while: 'waiting', waitedSeconds: '228' }),
  told('InteractionWrappedUp', { disposition: 'refundRequested', note: 'Money back' }),
  told('InteractionClosed', { how: 'wrappedUp' }),
  told('InteractionReopened', { why: 'replyNotSent', queue: 'Billing' }, { channel: 'EMAIL' }),
  told('InteractionReopened', { why: 'replyBounced', queue: 'Billing' }, { channel: 'EMAIL' }),
  told('InteractionCustomerChosen', { fromName: 'Marco', toName: 'Giulia' }),
  told('CallReceived'),
  told('LegHeld', { by: 'agent' }),
  told('LegResumed', { by: 'agent', heldSeconds: '21' }),
  told('CallEnded', { by: 'customer' }),
  told('MailReceived', { subject: 'Doppio addebito', excerpt: 'Ho trovato…' }),
  told('ReplySubmitted', { excerpt: 'Dear…' }),
  told('MailSent'),
  told('MailSendFailed', { attempt: '2', retryAt: '2026-11-23T13:05:32.000Z' }),
  ...['failed', 'delayed'].flatMap((action) =>
    TROUBLES.map((trouble) => told('MailDeliveryReported', { action, trouble, to: 'giulia@posta.example' })),
  ),
  ...['relayed', 'expanded', 'delivered'].map((action) => told('MailDeliveryReported', { action })),
]

test('events read as past-tense sentences with what happened', () => {
  expect(
    english(told('InteractionHandlingStarted', { answeredAfterSeconds: '8', waitedSeconds: '11' })),
  ).toBe('Luca Bianchi answered after 0:08, the caller had waited 0:11')
  expect(english(told('InteractionAbandoned', { while: 'waiting', waitedSeconds: '228' }))).toBe(
    'Hung up after 3:48 in the queue',
  )
  expect(english(told('MailSendFailed', { attempt: '2' }))).toBe('Try 2 to send failed, given up')
})

test('a reply that did not arrive says whom it was for and why, as far as is known', () => {
  const failed = { action: 'failed', trouble: 'mailboxFull' }
  expect(english(told('MailDeliveryReported', { ...failed, to: 'giulia@posta.example' }))).toBe(
    'The reply did not reach giulia@posta.example: the mailbox is full',
  )
  expect(english(told('MailDeliveryReported', { action: 'failed', trouble: 'unknown' }))).toBe(
    'The reply did not arrive: no reason was given',
  )
})

test('a mail that goes back to its queue says by whom, and hears no music', () => {
  const mail = { channel: 'EMAIL' } as const
  const back = (why?: string) =>
    english(told('InteractionReturnedToQueue', { queue: 'Billing', ...(why ? { why } : {}) }, mail))
  expect(back('putBack')).toBe('Put back at the head of Billing')
  expect(back('takenBack')).toBe('Taken back by a supervisor, at the head of Billing again')
  expect(back('signedOff')).toBe('Back at the head of Billing, since its agent signed off')
  expect(back()).toBe('Back at the head of Billing')
  expect(english(told('InteractionReturnedToQueue', { queue: 'Billing' }))).toBe(
    'Back at the head of Billing, with music',
  )
})

test('the reader is "you"', () => {
  expect(english(told('InteractionOffered'), 'luca')).toBe('Offered to you')
  expect(english(told('InteractionOffered'), 'sofia')).toBe('Offered to Luca Bianchi')
})

test.each([
  ['en', en],
  ['it', it],
  ['pl', pl],
])('every event has its own sentence in %s, with no id, code or instant in it', (locale, messages) => {
  const sentences = ALL.map((entry) => say(messages as typeof en, locale as Locale)(entry))
  expect(new Set(sentences).size).toBe(ALL.length)
  for (const sentence of sentences) {
    expect(sentence).not.toMatch(/\d{4}-\d\d-\d\d|[a-z][A-Z]|[{}_]/)
  }
})

test('what was said stands under the sentence', () => {
  expect(sentenceOf(told('InteractionWrappedUp', { note: 'Money back' }), null).quote).toBe('Money back')
  expect(sentenceOf(told('MailReceived', { excerpt: 'Ho trovato…' }), null).quote).toBe('Ho trovato…')
})

test('an event of a newer hub keeps its line', () => {
  expect(sentenceOf(told('CallbackPromised'), null).key).toBe('event.other')
})

test('a contact in a line says how it went', () => {
  const contact = {
    id: 'i',
    channel: 'CALL',
    direction: 'INBOUND',
    status: 'CLOSED',
    subject: null,
    excerpt: null,
    openedAt: '2026-11-23T13:00:00.000Z',
    queuedAt: '2026-11-23T13:00:00.000Z',
    handlingStartedAt: '2026-11-23T13:00:30.000Z',
    handlingEndedAt: '2026-11-23T13:08:28.000Z',
    closedAt: '2026-11-23T13:09:00.000Z',
    closedHow: 'wrappedUp',
    disposition: 'SOLVED',
    note: null,
    agent: { id: 'luca', name: 'Luca Bianchi' },
    queue: null,
  } as const
  expect(headlineOf(contact)).toMatchObject({
    key: 'contact.callHandled',
    values: { clock: '7:58' },
    tail: { text: 'Luca Bianchi' },
  })
  const lost = { ...contact, closedHow: 'abandoned', handlingStartedAt: null, handlingEndedAt: null }
  expect(headlineOf(lost)).toMatchObject({ key: 'contact.callAbandoned', values: { clock: '9:00' } })
  expect(headlineOf({ ...contact, channel: 'EMAIL', subject: 'Re: x' })).toMatchObject({
    tail: { text: 'Re: x' },
  })
})
