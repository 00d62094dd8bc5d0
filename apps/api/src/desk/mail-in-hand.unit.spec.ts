import {
  agentOnFloor,
  correspondenceDecider,
  type DeliveryAction,
  handlingOnFloor,
  type Instant,
  type InteractionId,
  interactionStream,
  parseId,
  threadStream,
  waitingOnFloor,
} from '@centralino/domain'
import { createCommandHandler } from '@centralino/event-store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { afresh, hubActor } from '../commands/because.ts'
import {
  anna,
  type BrowserLine,
  billing,
  bruno,
  type FloorWorld,
  floorWorld,
} from '../floor/testing/floor-world.ts'
import type { PutsBack } from './desk-actions.ts'

const by = afresh(hubActor('test'))
const interactionId: InteractionId = parseId('interaction', 'mail-1')
const threadId = parseId('thread', 'thread-1')
const customerId = parseId('customer', 'clara')

let world: FloorWorld
let line: BrowserLine

beforeEach(async () => {
  world = await floorWorld()
  line = await world.ready(anna)
  const at = world.clock.now()
  const { interaction } = world.operations().handlers
  await interaction.handle(
    {
      type: 'OpenInteraction',
      interactionId,
      channel: 'email',
      direction: 'inbound',
      customerId,
      candidates: [{ customerId, rank: 1, why: 'onlyMatch' }],
      contactPoint: { kind: 'email', value: 'clara@example.org', raw: 'clara@example.org' },
      entryPoint: 'support@hub.example',
      subject: 'Invoice',
      carrier: { kind: 'thread', threadId },
      at,
    },
    by,
  )
  await interaction.handle({ type: 'QueueInteraction', interactionId, queueId: billing, at }, by)
  await world.settle()
  await world.accept(anna)
})
afterEach(async () => {
  await world[Symbol.asyncDispose]()
  expect(world.failures).toEqual([])
})

const answer = async () => {
  const thread = createCommandHandler({
    store: world.store,
    decider: correspondenceDecider,
    streamOf: () => threadStream(threadId),
  })
  const at = world.clock.now()
  const file = { sha256: 'a'.repeat(64), bytes: 5 }
  const mail = { threadId, interactionId, customerId, subject: 'Invoice', excerpt: 'Hello', at }
  const clara = { name: null, address: 'clara@example.org' }
  const support = { name: null, address: 'support@hub.example' }
  const headers = (messageId: string) => ({ messageId, inReplyTo: null, references: [] })
  await thread.handle(
    {
      type: 'ReceiveMail',
      ...mail,
      mailId: parseId('mail', 'mail-in'),
      headers: headers('<in@example.org>'),
      from: clara,
      to: [support],
      cc: [],
      text: file,
      html: null,
      attachments: [],
      raw: file,
      defects: [],
    },
    by,
  )
  const replied = await thread.handle(
    {
      type: 'SubmitReply',
      ...mail,
      mailId: parseId('mail', 'mail-out'),
      agentId: anna,
      headers: headers('<out@hub.example>'),
      from: support,
      to: [clara],
      text: file,
    },
    by,
  )
  expect(replied.outcome).toBe('accepted')
  return {
    refusedFor: async (why: { permanent: boolean; retryAt: Instant | null }) => {
      const failure = { threadId, mailId: parseId('mail', 'mail-out'), code: '550', ...why }
      await thread.handle({ type: 'RecordSendFailure', ...failure, at: world.clock.now() }, by)
      await world.settle()
    },
    reported: async (action: DeliveryAction, status: string) => {
      await thread.handle(
        {
          type: 'RecordDeliveryReport',
          threadId,
          mailId: parseId('mail', 'mail-out'),
          reportId: parseId('mail', `report-${action}`),
          raw: file,
          action,
          status,
          recipients: [clara.address],
          at: world.clock.now(),
        },
        by,
      )
      await world.settle()
    },
  }
}

const handlingEnds = async () =>
  (await world.log())
    .filter(({ type }) => type === 'InteractionHandlingEnded')
    .map(({ data }) => (data as { how: string }).how)

const wrapUp = async () => {
  const { desk } = world.operations()
  const outcome = await desk.wrapUp(world.as(anna), interactionId, 'solved', '')
  await world.settle()
  return outcome
}

test('a mail is offered through the same floor and needs no browser leg', async () => {
  expect(await world.operations().handlers.interaction.state(interactionStream(interactionId))).toMatchObject(
    {
      status: 'handling',
      agentId: anna,
    },
  )
  expect(world.presence(anna)).toBe('engaged')
  await expect(world.phone(anna, 'openLeg', { interactionId })).rejects.toThrow('NOT_YOUR_CALL')
})

test('saying what came of a mail that was answered ends it as answered, and the agent is ready again', async () => {
  await answer()
  expect(await wrapUp()).toEqual({ ok: true })
  expect(await handlingEnds()).toEqual(['answered'])
  expect(world.presence(anna)).toBe('ready')
})

test('a mail may be closed without an answer', async () => {
  expect(await wrapUp()).toEqual({ ok: true })
  expect(await handlingEnds()).toEqual(['agentLeft'])
  expect(world.presence(anna)).toBe('ready')
})

test('a browser that is closed leaves the mail in its agent’s hand', async () => {
  line.close()
  await world.advance(60_000)
  expect(world.presence(anna)).toBe('engaged')
  expect(await handlingEnds()).toEqual([])
})

const putBack = async (by: PutsBack) => {
  const outcome = await world.operations().desk.putBackMail(by, interactionId)
  await world.settle()
  return outcome
}
const supervisor = { actor: { kind: 'user', id: 'boss' }, agentId: null } as const
const returned = async () =>
  (await world.log())
    .filter(({ type }) => type === 'InteractionReturnedToQueue')
    .map(({ data, metadata }) => [(data as { why?: string }).why, metadata.actor])

test('a mail that its agent puts back waits as long as before, and is offered to somebody else', async () => {
  const [before] = handlingOnFloor(world.operations().floor.state())
  expect(await putBack(world.as(anna))).toEqual({ ok: true })
  expect(await returned()).toEqual([['putBack', { kind: 'agent', id: anna }]])
  expect(world.waiting()).toEqual([interactionId])
  expect(waitingOnFloor(world.operations().floor.state())[0]?.enqueuedAt).toBe(before?.work.enqueuedAt)
  expect(world.presence(anna)).toBe('notReady break')
  await world.ready(bruno)
  const { interaction } = world.operations().handlers
  expect(await interaction.state(interactionStream(interactionId))).toMatchObject({
    status: 'offered',
    agentId: bruno,
  })
})

test('a supervisor puts back a mail that an agent holds, and another agent does not', async () => {
  expect(await putBack(world.as(bruno))).toEqual({ ok: false, code: 'NOT_YOURS' })
  expect(world.presence(anna)).toBe('engaged')
  expect(await putBack(supervisor)).toEqual({ ok: true })
  expect(await returned()).toEqual([['takenBack', { kind: 'user', id: 'boss' }]])
  expect(world.waiting()).toEqual([interactionId])
  expect(world.presence(anna)).toBe('notReady break')
})

test('nobody puts back what is in nobody’s hand', async () => {
  await putBack(world.as(anna))
  expect(await putBack(world.as(anna))).toEqual({ ok: false, code: 'WRONG_STATUS' })
  await world.operations().desk.becomeReady(world.as(anna))
  await world.settle()
  await world.accept(anna)
  await wrapUp()
  expect(await putBack(supervisor)).toEqual({ ok: false, code: 'INTERACTION_CLOSED' })
})

test('an agent who signs off leaves the mail in hand to the others', async () => {
  const { desk, floor } = world.operations()
  expect(await desk.signOff(world.as(anna))).toEqual({ ok: true })
  await world.settle()
  expect(await returned()).toEqual([['signedOff', { kind: 'agent', id: anna }]])
  expect(world.waiting()).toEqual([interactionId])
  expect(agentOnFloor(floor.state(), anna)).toBeUndefined()
})

test('an answer that is refused for good brings its mail back to the head of the queue, and to an agent', async () => {
  const reply = await answer()
  await wrapUp()
  await reply.refusedFor({ permanent: true, retryAt: null })
  const state = await world.operations().handlers.interaction.state(interactionStream(interactionId))
  expect(state).toMatchObject({ status: 'offered', agentId: anna })
  const reopened = (await world.log()).find(({ type }) => type === 'InteractionReopened')
  expect(reopened?.data).toMatchObject({ why: 'replyNotSent', mailId: 'mail-out', queueId: billing })
  await world.accept(anna)
  expect(await wrapUp()).toEqual({ ok: true })
  await world.restart()
  await world.settle()
  expect(world.waiting()).toEqual([])
  expect((await world.log()).filter(({ type }) => type === 'InteractionReopened')).toHaveLength(1)
})

test('an answer that is tried again brings nothing back', async () => {
  const reply = await answer()
  await wrapUp()
  await reply.refusedFor({ permanent: false, retryAt: world.clock.now() })
  expect(world.waiting()).toEqual([])
  expect(world.presence(anna)).toBe('ready')
})

test('an answer that is refused before its mail is closed brings it back then, and not a second time', async () => {
  const reply = await answer()
  await reply.refusedFor({ permanent: true, retryAt: null })
  expect(world.presence(anna)).toBe('engaged')
  const { interaction } = world.operations().handlers
  const state = () => interaction.state(interactionStream(interactionId))
  await wrapUp()
  expect(await state()).toMatchObject({ status: 'offered', agentId: anna })
  await world.accept(anna)
  await wrapUp()
  expect(await state()).toMatchObject({ status: 'closed' })
  expect(world.presence(anna)).toBe('ready')
})

test('an answer that bounces brings its mail back to the head of the queue, and to an agent, once', async () => {
  const reply = await answer()
  await wrapUp()
  await reply.reported('failed', '5.1.1')
  const state = () => world.operations().handlers.interaction.state(interactionStream(interactionId))
  expect(await state()).toMatchObject({ status: 'offered', agentId: anna })
  const reopened = (await world.log()).filter(({ type }) => type === 'InteractionReopened')
  expect(reopened.map(({ data }) => data)).toMatchObject([
    { why: 'replyBounced', mailId: 'mail-out', queueId: billing },
  ])
  await world.accept(anna)
  await wrapUp()
  expect(await state()).toMatchObject({ status: 'closed' })
})

test('an answer that is delayed on its way, or handed on, brings nothing back', async () => {
  const reply = await answer()
  await reply.reported('delayed', '4.4.1')
  await wrapUp()
  await reply.reported('relayed', '2.0.0')
  expect(world.waiting()).toEqual([])
  expect(world.presence(anna)).toBe('ready')
})

test('an answer that bounces before its mail is closed brings it back then, delayed as it was before', async () => {
  const reply = await answer()
  await reply.reported('delayed', '4.4.1')
  await reply.reported('failed', '5.4.7')
  expect(world.presence(anna)).toBe('engaged')
  await wrapUp()
  expect(await world.operations().handlers.interaction.state(interactionStream(interactionId))).toMatchObject(
    { status: 'offered', agentId: anna },
  )
})

test('a mail in hand is nothing to hang up or hold', async () => {
  expect(await world.operations().desk.hangUp(world.as(anna))).toEqual({ ok: false, code: 'NO_CURRENT_CALL' })
})
