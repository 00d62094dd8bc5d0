import { createHash } from 'node:crypto'
import type { ContactPoint, ContactPointId } from '@centralino/domain'
import { describe, expect, it } from 'vitest'
import { address, id, phone, Story } from '../../testing/story.ts'

const pointId = ({ kind, value }: ContactPoint) =>
  createHash('sha256').update(`${kind}:${value}`).digest('hex').slice(0, 32) as ContactPointId
const link = (story: Story, point: ContactPoint, customer: string) =>
  story.add('ContactPointLinked', {
    contactPointId: pointId(point),
    contactPoint: point,
    customerId: id.customer(customer),
  })
const home = phone('+390655501')

describe('a customer', () => {
  it('is provisional without a name until somebody gives one', async () => {
    const story = new Story()
    story.add('ProvisionalCustomerCreated', { customerId: id.customer('c'), contactPoint: home }).pass(60)
    story.call('i', 'c')
    await using provisional = await story.told()
    expect(await provisional.customer(id.customer('c'))).toMatchObject({ status: 'provisional', name: null })
    const profile = { name: 'Łucja Żak', language: 'pl' as const, place: 'Łódź', customerSince: '2019-03' }
    story.add('CustomerIdentified', { customerId: id.customer('c'), profile })
    await using known = await story.told()
    expect(await known.customer(id.customer('c'))).toEqual({
      customer_id: 'c',
      status: 'known',
      name: 'Łucja Żak',
      search_name: 'lucja zak',
      language: 'pl',
      place: 'Łódź',
      customer_since: '2019-03',
      created_at: '2026-11-24T08:00:00.000Z',
      last_contact_at: story.now,
    })
    expect(await known.customer(id.customer('nobody'))).toBeNull()
  })

  it('keeps each contact point once, whichever stream names it, until it is unlinked', async () => {
    const story = new Story().customer('c', 'Giulia')
    story.add('CustomerContactPointAdded', { customerId: id.customer('c'), contactPoint: home })
    link(link(story, home, 'c'), address('g@posta.example'), 'c')
    story.pass(5).add('ContactPointUsed', { contactPointId: pointId(home), customerId: id.customer('c') })
    await using models = await story.told()
    expect(await models.contactPoints(id.customer('c'))).toMatchObject([
      { kind: 'phone', value: '+390655501', last_used_at: story.now },
      { kind: 'email', value: 'g@posta.example', last_used_at: null },
    ])
    story.add('ContactPointUnlinked', { contactPointId: pointId(home), customerId: id.customer('c') })
    await using later = await story.told()
    expect((await later.contactPoints(id.customer('c'))).map(({ kind }) => kind)).toEqual(['email'])
  })

  it('shares a phone with the household', async () => {
    const story = new Story().customer('g', 'Giulia').customer('m', 'Marco')
    link(link(story, home, 'g'), home, 'm')
    await using models = await story.told()
    for (const customer of ['g', 'm'])
      expect(await models.contactPoints(id.customer(customer))).toHaveLength(1)
  })

  it('gets the contact of an interaction that turned out to be theirs; the other one loses it', async () => {
    const story = new Story()
      .customer('a', 'A')
      .customer('b', 'B')
      .call('early', 'a')
      .pass(60)
      .call('late', 'a')
    const chosen = { interactionId: id.interaction('late'), agentId: id.agent('sofia') }
    story.add('InteractionCustomerChosen', { ...chosen, from: id.customer('a'), to: id.customer('b') })
    await using models = await story.told()
    expect(await models.customer(id.customer('a'))).toMatchObject({
      last_contact_at: '2026-11-24T08:00:00.000Z',
    })
    expect(await models.customer(id.customer('b'))).toMatchObject({ last_contact_at: story.now })
  })
})

describe('the search', () => {
  const people = async () => {
    const story = new Story()
      .customer('c1', 'Giulia Ferrante')
      .customer('c2', 'Łukasz Żak')
      .customer('c3', '100% Srl')
    story.add('ProvisionalCustomerCreated', {
      customerId: id.customer('c4'),
      contactPoint: phone('+48221234567'),
    })
    link(link(story, phone('+39065550142'), 'c1'), address('giulia_f@posta.example'), 'c1')
    return story.told()
  }

  it.each([
    ['everybody, the named first', undefined, ['c3', 'c1', 'c2', 'c4']],
    ['a part of a name', 'ferr', ['c1']],
    ['a name typed without its accents', 'lukasz zak', ['c2']],
    ['a name typed with them', 'ŻAK', ['c2']],
    ['a phone as it is written', '06 5550-142', ['c1']],
    ['a phone as E.164', '+48 22 123', ['c4']],
    ['a part of an address', 'posta.ex', ['c1']],
    ['a per cent sign for itself', '0%', ['c3']],
    ['an underscore for itself', '_f@', ['c1']],
    ['nobody', 'xyzzy', []],
    ['nobody by two digits', '06', []],
  ])('finds %s', async (_what, search, expected) => {
    await using models = await people()
    const { rows } = await models.customers({ first: 10, search })
    expect(rows.map((row) => row.customer_id)).toEqual(expected)
  })

  it('goes on after the last customer of a page, named or not', async () => {
    await using models = await people()
    const seen: string[] = []
    let after: string | undefined
    for (let more = true; more; ) {
      const page = await models.customers({ first: 1, after })
      seen.push(...page.rows.map((row) => row.customer_id))
      after = page.rows.at(-1)?.customer_id
      more = page.hasNextPage
    }
    expect(seen).toEqual(['c3', 'c1', 'c2', 'c4'])
  })
})
