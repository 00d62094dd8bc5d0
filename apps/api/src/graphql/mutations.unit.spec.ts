import { describe, expect, it } from 'vitest'
import { aViewer, codeOf, globalId, graphQLClient } from './testing/graphql-client.ts'

const AGENT = aViewer('agent')
const OUTCOME = '{ __typename ... on Refusal { code } }'
const BY = { actor: { kind: 'agent', id: 'sofia' }, agentId: 'sofia' }

describe('what an agent does', () => {
  it.each(['becomeReady', 'signOff', 'hold', 'resume', 'mute', 'unmute', 'hangUp'])('%s', async (action) => {
    const client = graphQLClient()
    const answer = await client.ask(AGENT, `mutation { ${action} ${OUTCOME} }`)
    expect(answer).toEqual({ data: { [action]: { __typename: 'Done' } } })
    expect(client.deskActions.called).toEqual([{ action, arguments: [BY] }])
  })

  it('names things by their global ids and says them to the desk by its own', async () => {
    const client = graphQLClient()
    await client.ask(
      AGENT,
      `mutation ($o: ID!, $i: ID!, $c: ID!) {
        acceptOffer(offerId: $o) ${OUTCOME}
        wrapUp(interactionId: $i, disposition: REFUND_REQUESTED, note: "calm") ${OUTCOME}
        chooseCustomer(interactionId: $i, customerId: $c) ${OUTCOME}
        nameCustomer(customerId: $c, profile: { name: " Marco ", language: "it" }) ${OUTCOME}
        reply(interactionId: $i, text: "Buongiorno", close: true) ${OUTCOME}
        becomeNotReady(reason: TRAINING) ${OUTCOME}
      }`,
      { o: globalId('Offer', 'o1'), i: globalId('Interaction', 'i1'), c: globalId('Customer', 'marco') },
    )
    expect(
      client.deskActions.called.map(({ action, arguments: given }) => [action, ...given.slice(1)]),
    ).toEqual([
      ['acceptOffer', 'o1'],
      ['wrapUp', 'i1', 'refundRequested', 'calm'],
      ['chooseCustomer', 'i1', 'marco'],
      ['nameCustomer', 'marco', { name: 'Marco', language: 'it', place: null, customerSince: null }],
      ['reply', 'i1', 'Buongiorno', true],
      ['becomeNotReady', 'training'],
    ])
  })

  it('is answered with the refusal of the rule that forbids it', async () => {
    const client = graphQLClient()
    client.deskActions.answer = { ok: false, code: 'OFFER_NOT_OPEN' }
    const answer = await client.ask(
      AGENT,
      `mutation { acceptOffer(offerId: "${globalId('Offer', 'o1')}") ${OUTCOME} }`,
    )
    expect(answer).toEqual({ data: { acceptOffer: { __typename: 'Refusal', code: 'OFFER_NOT_OPEN' } } })
  })

  it('is refused clearly when the log has no room, and the operator hears of it', async () => {
    const client = graphQLClient()
    client.deskActions.answer = Object.assign(new Error('disk'), { code: 'DISK_FULL' })
    const answer = await client.ask(AGENT, `mutation { becomeReady ${OUTCOME} }`)
    expect(answer).toEqual({ data: { becomeReady: { __typename: 'Refusal', code: 'DISK_FULL' } } })
    expect(client.services.notices.list()).toMatchObject([
      { code: 'LOG_REFUSED', facts: { code: 'DISK_FULL' } },
    ])
  })

  it.each([
    ['an id of another thing', `acceptOffer(offerId: "${globalId('Interaction', 'i1')}") ${OUTCOME}`],
    ['text that is no id', `acceptOffer(offerId: "${globalId('Offer', "o'1")}") ${OUTCOME}`],
    ['what is no global id', `acceptOffer(offerId: "o1") ${OUTCOME}`],
    ['a reason that only the floor gives', `becomeNotReady(reason: MISSED_OFFER) ${OUTCOME}`],
    [
      'a language we do not speak',
      `nameCustomer(customerId: "${globalId('Customer', 'x')}", profile: {name: "X", language: "xx"}) ${OUTCOME}`,
    ],
  ])('is bad input with %s', async (_, field) => {
    const client = graphQLClient()
    expect(codeOf(await client.ask(AGENT, `mutation { ${field} }`))).toBe('BAD_INPUT')
    expect(client.deskActions.called).toEqual([])
  })

  it('puts a mail back: an agent their own, a supervisor and an administrator anybody’s', async () => {
    const client = graphQLClient()
    const question = `mutation { putBackMail(interactionId: "${globalId('Interaction', 'i1')}") ${OUTCOME} }`
    const done = { data: { putBackMail: { __typename: 'Done' } } }
    for (const role of ['agent', 'supervisor', 'admin'] as const)
      expect(await client.ask(aViewer(role), question)).toEqual(done)
    expect(client.deskActions.called.map((one) => one.arguments)).toEqual([
      [BY, 'i1'],
      [{ actor: { kind: 'user', id: 'account-supervisor' }, agentId: null }, 'i1'],
      [{ actor: { kind: 'user', id: 'account-admin' }, agentId: null }, 'i1'],
    ])
    for (const role of ['auditor', 'marketer'] as const)
      expect(codeOf(await client.ask(aViewer(role), question))).toBe('FORBIDDEN')
    expect(client.deskActions.called).toHaveLength(3)
  })

  it('is no supervisor’s to do', async () => {
    const client = graphQLClient()
    const answer = await client.ask(aViewer('supervisor'), `mutation { becomeReady ${OUTCOME} }`)
    expect(codeOf(answer)).toBe('FORBIDDEN')
    expect(client.deskActions.called).toEqual([])
  })
})
