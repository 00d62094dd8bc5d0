import {
  type AgentId,
  agentOnFloor,
  agentStream,
  type CallCommand,
  type CallId,
  type CallState,
  callStream,
  customerStream,
  handlingOnFloor,
  type InteractionId,
  interactionStream,
  isBridged,
  type LegId,
  type PutBackReason,
  type ThreadId,
} from '@centralino/domain'
import { AGENT_HUNG_UP } from '../channels/voice/hang-up.ts'
import { afresh, withPurpose } from '../commands/because.ts'
import type { CommandHandlers } from '../commands/command-handlers.ts'
import type { Directory } from '../directory/directory.ts'
import type { FloorOrder, FloorService } from '../floor/floor-service.ts'
import type { Presence } from '../floor/presence.ts'
import type { Clock } from '../time/clock.ts'
import type { Caller, DeskActions, DeskOutcome, DeskRefusalCode, PutsBack } from './desk-actions.ts'

export type DeskRooms = {
  readonly handlers: Pick<CommandHandlers, 'agent' | 'call' | 'customer' | 'interaction'>
  readonly floor: Pick<FloorService, 'state' | 'run'>
  readonly directory: Pick<Directory, 'callOfInteraction'>
  readonly presence: Pick<Presence, 'expect'>
  readonly clock: Pick<Clock, 'now'>
  /** Whether an answer to the customer was written in this interaction of the thread. */
  readonly wasAnswered: (threadId: ThreadId, interactionId: InteractionId) => Promise<boolean>
  /** Sending mail is the e-mail channel's. Asked for at each reply, so that it may be plugged in after the start. */
  readonly reply: () => DeskActions['reply'] | null
}

const DONE: DeskOutcome = { ok: true }
const refused = (code: DeskRefusalCode): DeskOutcome => ({ ok: false, code })

type AnyHandled =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly refusal: { readonly code: DeskRefusalCode } }
const outcomeOf = (handled: AnyHandled): DeskOutcome =>
  handled.outcome === 'accepted' ? DONE : refused(handled.refusal.code)

type LiveCall = Extract<CallState, { status: 'live' }>
type OnTheLine = { readonly call: LiveCall; readonly customer: LegId; readonly own: LegId | null }

/**
 * What an agent does at the desk. Each action is one command to the room that decides it; what follows from it follows from
 * the log. Throws what the store throws (`DISK_FULL`, `TOO_BUSY` …).
 */
export const createDeskActions = (rooms: DeskRooms): DeskActions => {
  const { handlers, floor, directory, clock } = rooms

  const onFloor = async (by: Caller, order: FloorOrder): Promise<DeskOutcome> =>
    outcomeOf(await floor.run(order, afresh(by.actor)))

  /** On the floor with the skills of today; an agent who left the company is not let in. */
  const signedOn = async (by: Caller): Promise<DeskOutcome> => {
    const agent = await handlers.agent.state(agentStream(by.agentId))
    // Also who is on the floor yet, for a last call or its wrap-up.
    if (agent.status !== 'employed') return refused('AGENT_UNKNOWN')
    rooms.presence.expect(by.agentId)
    if (agentOnFloor(floor.state(), by.agentId) !== undefined) return DONE
    return onFloor(by, { type: 'SignOn', agentId: by.agentId, skills: agent.profile.skills })
  }

  const callOnTheLine = async (agentId: AgentId): Promise<OnTheLine | null> => {
    const handling = handlingOnFloor(floor.state()).find((one) => one.agentId === agentId)
    const live = handling === undefined ? null : directory.callOfInteraction(handling.work.interactionId)
    const call = live === null ? null : await handlers.call.state(callStream(live.callId))
    const customer = call?.status === 'live' ? call.legs[0] : undefined
    if (call?.status !== 'live' || customer === undefined) return null
    const own = call.legs.find(
      ({ party, status }) => party.kind === 'agent' && party.agentId === agentId && status !== 'ended',
    )
    return { call, customer: customer.legId, own: own?.legId ?? null }
  }

  const putBack = async (
    by: PutsBack,
    interactionId: InteractionId,
    why: PutBackReason,
  ): Promise<DeskOutcome> => {
    const state = await handlers.interaction.state(interactionStream(interactionId))
    if (state.status === 'none') return refused('INTERACTION_UNKNOWN')
    return outcomeOf(
      await handlers.interaction.handle(
        { type: 'PutBack', interactionId, holder: by.agentId, why, at: clock.now() },
        afresh(by.actor, state.customerId),
      ),
    )
  }

  type Where = { readonly callId: CallId; readonly at: ReturnType<Clock['now']> }

  const inCall = async (
    by: Caller,
    command: (line: OnTheLine, where: Where) => CallCommand | 'NOT_CONNECTED',
  ): Promise<DeskOutcome> => {
    const line = await callOnTheLine(by.agentId)
    if (line === null) return refused('NO_CURRENT_CALL')
    const { callId, customerId } = line.call
    const asked = command(line, { callId, at: clock.now() })
    if (asked === 'NOT_CONNECTED') return refused(asked)
    return outcomeOf(await handlers.call.handle(asked, afresh(by.actor, customerId)))
  }

  /** Only while the two hear each other: before that there is nothing to hold or to mute. */
  const onBridge = (
    by: Caller,
    command: (line: { readonly customer: LegId; readonly own: LegId }, where: Where) => CallCommand,
  ): Promise<DeskOutcome> =>
    inCall(by, ({ call, customer, own }, where) =>
      own === null || !isBridged(call, own) ? 'NOT_CONNECTED' : command({ customer, own }, where),
    )

  return {
    becomeReady: async (by) => {
      const signed = await signedOn(by)
      return signed.ok ? onFloor(by, { type: 'BecomeReady', agentId: by.agentId }) : signed
    },
    becomeNotReady: async (by, reason) => {
      const signed = await signedOn(by)
      return signed.ok ? onFloor(by, { type: 'BecomeNotReady', agentId: by.agentId, reason }) : signed
    },
    signOff: async (by) => {
      const { agentId } = by
      const inHand = handlingOnFloor(floor.state()).find((one) => one.agentId === agentId)
      if (inHand?.work.channel !== 'email') return onFloor(by, { type: 'SignOff', agentId })
      const back = await putBack(by, inHand.work.interactionId, 'signedOff')
      // The floor hears of it from the log: the sign-off waits until it has.
      return back.ok ? onFloor(by, { type: 'SignOffAfterWork', agentId }) : back
    },
    acceptOffer: (by, offerId) => onFloor(by, { type: 'AcceptOffer', offerId, agentId: by.agentId }),
    declineOffer: (by, offerId) => onFloor(by, { type: 'DeclineOffer', offerId, agentId: by.agentId }),
    hold: (by) =>
      onBridge(by, ({ customer }, where) => ({ type: 'Hold', by: 'agent', legId: customer, ...where })),
    // Also before the agent's window is connected again: the customer then comes off hold with the bridge.
    resume: (by) =>
      inCall(by, ({ customer }, where) => ({ type: 'Resume', by: 'agent', legId: customer, ...where })),
    mute: (by) => onBridge(by, ({ own }, where) => ({ type: 'Mute', legId: own, ...where })),
    unmute: (by) => onBridge(by, ({ own }, where) => ({ type: 'Unmute', legId: own, ...where })),
    hangUp: (by) => inCall(by, (_line, where) => ({ type: 'EndCall', cause: AGENT_HUNG_UP, ...where })),
    wrapUp: async (by, interactionId, disposition, note) => {
      const { agentId } = by
      const state = await handlers.interaction.state(interactionStream(interactionId))
      if (state.status === 'none') return refused('INTERACTION_UNKNOWN')
      const context = afresh(by.actor, state.customerId)
      const at = clock.now()
      // A mail need not be answered: saying what came of it ends it. A call ends when somebody hangs up.
      if (state.status === 'handling' && state.carrier.kind === 'thread' && state.agentId === agentId) {
        const answered = await rooms.wasAnswered(state.carrier.threadId, interactionId)
        const ended = await handlers.interaction.handle(
          { type: 'EndHandling', interactionId, how: answered ? 'answered' : 'agentLeft', at },
          withPurpose(context, 'end'),
        )
        if (ended.outcome === 'refused') return outcomeOf(ended)
      }
      return outcomeOf(
        await handlers.interaction.handle(
          { type: 'WrapUp', interactionId, agentId, disposition, note, at },
          context,
        ),
      )
    },
    chooseCustomer: async (by, interactionId, customerId) =>
      outcomeOf(
        await handlers.interaction.handle(
          { type: 'ChooseCustomer', interactionId, customerId, agentId: by.agentId, at: clock.now() },
          afresh(by.actor, customerId),
        ),
      ),
    nameCustomer: async (by, customerId, profile) => {
      const state = await handlers.customer.state(customerStream(customerId))
      // The desk does not know since when: what the file says stays.
      const customerSince =
        profile.customerSince ?? (state.status === 'known' ? state.profile.customerSince : null)
      return outcomeOf(
        await handlers.customer.handle(
          { type: 'ChangeProfile', customerId, profile: { ...profile, customerSince }, at: clock.now() },
          afresh(by.actor, customerId),
        ),
      )
    },
    putBackMail: (by, interactionId) =>
      putBack(by, interactionId, by.agentId === null ? 'takenBack' : 'putBack'),
    reply: async (by, interactionId, text, close) =>
      (await rooms.reply()?.(by, interactionId, text, close)) ?? refused('NO_MAIL_CHANNEL'),
  }
}
