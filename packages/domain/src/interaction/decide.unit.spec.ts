import { describe, expect, it } from 'vitest'
import { specify } from '../kernel/decider-specification.ts'
import { after, agent, call, customer, interaction, mail, offer, queue, thread } from '../kernel/testing.ts'
import type { InteractionCommand } from './commands.ts'
import { interactionDecider } from './decide.ts'
import type { InteractionEnd, InteractionEvent } from './events.ts'
import { NOTE_LIMIT } from './handling.ts'

const given = specify(interactionDecider)
const interactionId = interaction('i1')
const queueId = queue('support')
const offerId = offer('o1')
const agentId = agent('giulia')
const stranger = agent('marta')
const at = after(0)
const anna = customer('anna')
const bruno = customer('bruno')

const opening = {
  interactionId,
  channel: 'call',
  direction: 'inbound',
  customerId: anna,
  candidates: [
    { customerId: anna, rank: 1, why: 'lastContact' },
    { customerId: bruno, rank: 2, why: 'linkedFirst' },
  ],
  contactPoint: { kind: 'phone', value: '+390612345678', raw: '0612345678' },
  entryPoint: '+390687654321',
  subject: null,
  carrier: { kind: 'call', callId: call('c1') },
  at,
} as const

const opened: InteractionEvent = { type: 'InteractionOpened', data: opening }
const queued: InteractionEvent = { type: 'InteractionQueued', data: { interactionId, queueId, at } }
const offered: InteractionEvent = {
  type: 'InteractionOffered',
  data: { interactionId, offerId, agentId, expiresAt: after(20), at },
}
const offerEnded = (how: 'lapsed' | 'declined' | 'withdrawn'): InteractionEvent => ({
  type: 'InteractionOfferEnded',
  data: { interactionId, offerId, agentId, how, at },
})
const started: InteractionEvent = {
  type: 'InteractionHandlingStarted',
  data: { interactionId, offerId, agentId, at },
}
const ended = (how: 'customerLeft' | 'agentLost' | 'systemFailure' | 'answered'): InteractionEvent => ({
  type: 'InteractionHandlingEnded',
  data: { interactionId, agentId, how, at },
})
const returned: InteractionEvent = {
  type: 'InteractionReturnedToQueue',
  data: { interactionId, queueId, place: 'head', why: 'agentLost', at },
}
const abandoned = (stage: 'waiting' | 'ringing'): InteractionEvent => ({
  type: 'InteractionAbandoned',
  data: { interactionId, while: stage, at },
})
const closed = (how: InteractionEnd): InteractionEvent => ({
  type: 'InteractionClosed',
  data: { interactionId, how, at },
})
const wrappedUp: InteractionEvent = {
  type: 'InteractionWrappedUp',
  data: { interactionId, agentId, disposition: 'solved', note: 'Sent again.', at },
}

const WAITING = [opened, queued]
const RINGING = [...WAITING, offered]
const HANDLING = [...RINGING, started]
const IN_WRAP_UP = [...HANDLING, ended('customerLeft')]
const WRAPPED_UP = [...IN_WRAP_UP, wrappedUp, closed('wrappedUp')]
const ABANDONED = [...WAITING, abandoned('waiting'), closed('abandoned')]

const of = {
  open: { type: 'OpenInteraction', ...opening },
  queue: { type: 'QueueInteraction', interactionId, queueId, at },
  offer: { type: 'RecordOffer', interactionId, offerId, agentId, expiresAt: after(20), at },
  lapse: { type: 'EndOffer', interactionId, offerId, how: 'lapsed', at },
  start: { type: 'StartHandling', interactionId, offerId, agentId, at },
  end: { type: 'EndHandling', interactionId, how: 'customerLeft', at },
  back: { type: 'ReturnToQueue', interactionId, at },
  abandon: { type: 'Abandon', interactionId, at },
  wrapUp: {
    type: 'WrapUp',
    interactionId,
    agentId,
    disposition: 'solved',
    note: 'Sent again.',
    at,
  },
  fail: { type: 'CloseInteraction', interactionId, how: 'failed', at },
  choose: { type: 'ChooseCustomer', interactionId, customerId: bruno, agentId, at },
} as const satisfies Record<string, InteractionCommand>

describe('the way of an interaction', () => {
  it('opens, is queued, offered, handled, wrapped up and closed', () => {
    given([]).when(of.open).then([opened])
    given([opened]).when(of.queue).then([queued])
    given(WAITING).when(of.offer).then([offered])
    given(RINGING).when(of.start).then([started])
    given(HANDLING)
      .when(of.end)
      .then([ended('customerLeft')])
    given(IN_WRAP_UP)
      .when(of.wrapUp)
      .then([wrappedUp, closed('wrappedUp')])
    given(WRAPPED_UP).thenState((state) =>
      expect(state).toMatchObject({ status: 'closed', how: 'wrappedUp' }),
    )
  })

  it.each([
    ['open', [opened], of.open],
    ['queue', WAITING, of.queue],
    ['offer', RINGING, of.offer],
    ['offer, once it is answered', HANDLING, of.offer],
    ['end of an offer', [...RINGING, offerEnded('lapsed')], of.lapse],
    ['end of an offer, once it is closed', ABANDONED, of.lapse],
    ['start', HANDLING, of.start],
    ['end', IN_WRAP_UP, of.end],
    ['return', [...IN_WRAP_UP, returned], of.back],
    ['abandonment', ABANDONED, of.abandon],
    ['wrap-up', WRAPPED_UP, of.wrapUp],
    ['failure', [opened, closed('failed')], of.fail],
  ] as const)('a repeated %s does nothing', (_what, history, command) => {
    given(history).when(command).thenNothing()
  })

  it('an e-mail joins as the interaction of its thread', () => {
    const mail = {
      ...opening,
      channel: 'email',
      carrier: { kind: 'thread', threadId: thread('t1') },
    } as const
    given([])
      .when({ type: 'OpenInteraction', ...mail })
      .then([{ type: 'InteractionOpened', data: mail }])
    given([{ type: 'InteractionOpened', data: mail }])
      .when(of.open)
      .thenRefused('INTERACTION_EXISTS', { interactionId })
  })

  it.each(Object.values(of).filter((command) => command !== of.open))(
    '$type is refused before the interaction is there',
    (command) => {
      given([]).when(command).thenRefused('INTERACTION_UNKNOWN', { interactionId })
    },
  )

  it.each([of.queue, of.offer, of.start, of.end, of.back, of.choose, of.fail])(
    '$type is refused after the interaction is closed',
    (command) => {
      given(ABANDONED).when(command).thenRefused('INTERACTION_CLOSED', { interactionId })
    },
  )

  it.each([
    ['QueueInteraction', 'handling', HANDLING, of.queue],
    ['RecordOffer', 'open', [opened], of.offer],
    ['EndHandling', 'offered', RINGING, of.end],
    ['ReturnToQueue', 'wrapUp', IN_WRAP_UP, of.back],
    ['Abandon', 'handling', HANDLING, of.abandon],
    ['Abandon', 'wrapUp', IN_WRAP_UP, of.abandon],
    ['WrapUp', 'handling', HANDLING, of.wrapUp],
  ] as const)('%s is refused while it is %s', (command, status, history, asked) => {
    given(history).when(asked).thenRefused('WRONG_STATUS', { interactionId, status, command })
  })
})

describe('an offer', () => {
  it.each(['lapsed', 'declined', 'withdrawn'] as const)('that is %s puts it back into the queue', (how) => {
    given(RINGING)
      .when({ ...of.lapse, how })
      .then([offerEnded(how)])
    given([...RINGING, offerEnded(how)])
      .when({ ...of.offer, offerId: offer('o2') })
      .thenState((state) => expect(state).toMatchObject({ status: 'offered', offerId: 'o2', queueId }))
  })

  it('that is not the one that stands cannot be ended or answered', () => {
    const other = offer('o2')
    given(RINGING)
      .when({ ...of.lapse, offerId: other })
      .thenRefused('OFFER_NOT_OPEN', { interactionId, offerId: other })
    given(RINGING)
      .when({ ...of.start, offerId: other })
      .thenRefused('OFFER_NOT_OPEN', { interactionId, offerId: other })
    given(WAITING).when(of.start).thenRefused('OFFER_NOT_OPEN', { interactionId, offerId })
  })

  it('is answered by its own agent only', () => {
    given(RINGING)
      .when({ ...of.start, agentId: stranger })
      .thenRefused('NOT_YOURS', { interactionId, agentId: stranger })
  })
})

describe('an agent lost in mid-contact', () => {
  it('sends the interaction back to the head of its queue', () => {
    given([...HANDLING, ended('agentLost')])
      .when(of.back)
      .then([returned])
  })

  it('is told with the return where nobody told it before', () => {
    given(HANDLING)
      .when(of.back)
      .then([ended('agentLost'), returned])
  })

  it('lets it be offered and handled again', () => {
    given([...HANDLING, ended('agentLost'), returned])
      .when({ ...of.offer, offerId: offer('o2'), agentId: stranger })
      .thenState((state) => expect(state).toMatchObject({ status: 'offered', agentId: 'marta' }))
  })

  it('leaves a customer who does not wait for the return as one who abandoned', () => {
    given([...HANDLING, ended('agentLost')])
      .when(of.abandon)
      .then([abandoned('waiting'), closed('abandoned')])
  })
})

describe('a mail in hand', () => {
  const MAIL: InteractionEvent = {
    type: 'InteractionOpened',
    data: { ...opening, channel: 'email', carrier: { kind: 'thread', threadId: thread('t1') } },
  }
  const IN_HAND = [MAIL, queued, offered, started]
  const putBack = { type: 'PutBack', interactionId, holder: agentId, why: 'putBack', at } as const
  const back = (why: 'putBack' | 'takenBack' | 'signedOff'): InteractionEvent[] => [
    { type: 'InteractionHandlingEnded', data: { interactionId, agentId, how: 'putBack', at } },
    { type: 'InteractionReturnedToQueue', data: { interactionId, queueId, place: 'head', why, at } },
  ]

  it('is put back to the head of its queue, with the reason', () => {
    given(IN_HAND).when(putBack).then(back('putBack'))
    given(IN_HAND)
      .when({ ...putBack, holder: null, why: 'takenBack' })
      .then(back('takenBack'))
  })

  it('is offered again then', () => {
    given([...IN_HAND, ...back('putBack')])
      .when({ ...of.offer, offerId: offer('o2'), agentId: stranger })
      .thenState((state) => expect(state).toMatchObject({ status: 'offered', agentId: 'marta' }))
  })

  it('is put back by its own agent only, and by none who has put it back already', () => {
    given(IN_HAND)
      .when({ ...putBack, holder: stranger })
      .thenRefused('NOT_YOURS', { interactionId, agentId: stranger })
    given([...IN_HAND, ...back('putBack')])
      .when(putBack)
      .thenRefused('WRONG_STATUS', { interactionId, status: 'queued', command: 'PutBack' })
  })

  const reopen = { type: 'Reopen', interactionId, why: 'replyNotSent', mailId: mail('m1'), at } as const
  const reopened: InteractionEvent = {
    type: 'InteractionReopened',
    data: { interactionId, queueId, why: 'replyNotSent', mailId: mail('m1'), at },
  }
  const ANSWERED = [...IN_HAND, ended('answered')]
  const OVER = [...ANSWERED, wrappedUp, closed('wrappedUp')]

  it('waits again when it was over, or being wrapped up, and its answer did not go out', () => {
    given(OVER).when(reopen).then([reopened])
    given(ANSWERED).when(reopen).then([reopened])
    given([...OVER, reopened])
      .when({ ...of.offer, offerId: offer('o2'), agentId: stranger })
      .thenState((state) => expect(state).toMatchObject({ status: 'offered', agentId: 'marta' }))
  })

  it('is not taken from who has it in hand, nor opened again before it was in a queue', () => {
    given(IN_HAND)
      .when(reopen)
      .thenRefused('WRONG_STATUS', { interactionId, status: 'handling', command: 'Reopen' })
    given([MAIL, closed('failed')])
      .when(reopen)
      .thenRefused('INTERACTION_CLOSED', { interactionId })
  })

  const chase = { type: 'RecordChaser', interactionId, mailId: mail('m2'), at } as const

  it('is chased while it waits, rings or is in hand, and not once it is over', () => {
    for (const history of [[MAIL, queued], [MAIL, queued, offered], IN_HAND])
      given(history)
        .when(chase)
        .then([{ type: 'InteractionChased', data: { interactionId, mailId: mail('m2'), at } }])
    given(OVER).when(chase).thenRefused('INTERACTION_CLOSED', { interactionId })
    given(HANDLING).when(chase).thenRefused('NOT_A_MAIL', { interactionId })
  })

  it('is no call: nobody puts a caller back, or opens a call again', () => {
    given(WRAPPED_UP).when(reopen).thenRefused('NOT_A_MAIL', { interactionId })
    given(HANDLING).when(putBack).thenRefused('NOT_A_MAIL', { interactionId })
  })
})

describe('an abandoned interaction', () => {
  it('is closed, and says that the customer was waiting', () => {
    for (const history of [[opened], WAITING])
      given(history)
        .when(of.abandon)
        .then([abandoned('waiting'), closed('abandoned')])
  })

  it('ends the offer that was ringing', () => {
    given(RINGING)
      .when(of.abandon)
      .then([offerEnded('withdrawn'), abandoned('ringing'), closed('abandoned')])
  })
})

describe('wrapping up', () => {
  it('is for the agent who handled it', () => {
    given(IN_WRAP_UP)
      .when({ ...of.wrapUp, agentId: stranger })
      .thenRefused('NOT_YOURS', { interactionId, agentId: stranger })
  })

  it('takes a note up to its limit', () => {
    given(IN_WRAP_UP)
      .when({ ...of.wrapUp, note: 'x'.repeat(NOTE_LIMIT + 1) })
      .thenRefused('NOTE_TOO_LONG', { limit: NOTE_LIMIT })
    given(IN_WRAP_UP)
      .when({ ...of.wrapUp, note: 'x'.repeat(NOTE_LIMIT) })
      .thenState((state) => expect(state.status).toBe('closed'))
  })
})

describe('closing what failed', () => {
  it('leaves no offer and no handling open', () => {
    given(WAITING)
      .when(of.fail)
      .then([closed('failed')])
    given(RINGING)
      .when(of.fail)
      .then([offerEnded('withdrawn'), closed('failed')])
    given(HANDLING)
      .when(of.fail)
      .then([ended('systemFailure'), closed('failed')])
  })
})

describe('choosing the customer', () => {
  const chosen: InteractionEvent = {
    type: 'InteractionCustomerChosen',
    data: { interactionId, from: anna, to: bruno, agentId, at },
  }

  it.each([
    ['ringing', RINGING],
    ['being handled', HANDLING],
    ['in wrap-up', IN_WRAP_UP],
  ])('is for the agent who has it, while it is %s', (_stage, history) => {
    given(history).when(of.choose).then([chosen])
    given(history)
      .when({ ...of.choose, agentId: stranger })
      .thenRefused('NOT_YOURS', { interactionId, agentId: stranger })
  })

  it('does nothing for who it is already', () => {
    given([...HANDLING, chosen])
      .when(of.choose)
      .thenNothing()
  })

  it('takes a candidate only', () => {
    const carla = customer('carla')
    given(HANDLING)
      .when({ ...of.choose, customerId: carla })
      .thenRefused('NOT_A_CANDIDATE', { interactionId, customerId: carla })
  })
})
