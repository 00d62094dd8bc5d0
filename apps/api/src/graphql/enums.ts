import { builder } from './schema-builder.ts'

/** `{WRAP_UP: {value: 'wrapUp'}}` for each domain word: GraphQL writes words in capitals, the domain in camel case. */
const words = <const W extends string>(list: readonly W[]) =>
  Object.fromEntries(
    list.map((word) => [word.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase(), { value: word }]),
  ) as Record<string, { value: W }>

export const RoleEnum = builder.enumType('Role', {
  values: words(['agent', 'supervisor', 'marketer', 'auditor', 'admin']),
})
export const PasswordStatusEnum = builder.enumType('PasswordStatus', {
  description: 'ONE_TIME: to be changed at the next sign-in, and good for nothing else.',
  values: words(['set', 'oneTime']),
})
export const ChannelEnum = builder.enumType('Channel', { values: words(['call', 'email']) })
export const DirectionEnum = builder.enumType('Direction', { values: words(['inbound', 'outbound']) })
export const InteractionStatusEnum = builder.enumType('InteractionStatus', {
  values: words(['open', 'queued', 'offered', 'handling', 'wrapUp', 'closed']),
})
export const PresenceStatusEnum = builder.enumType('PresenceStatus', {
  values: words(['offline', 'ready', 'notReady', 'reserved', 'engaged', 'wrapUp']),
})
export const NotReadyReasonEnum = builder.enumType('NotReadyReason', {
  values: words(['break', 'training', 'meeting', 'missedOffer', 'connectionLost']),
})
export const DispositionEnum = builder.enumType('Disposition', {
  values: words(['solved', 'refundRequested', 'needsCallback', 'passedOn', 'complaint', 'other']),
})
export const VerdictEnum = builder.enumType('Verdict', {
  values: words([
    'longestReady',
    'readyLater',
    'skillMissing',
    'notReady',
    'reserved',
    'engaged',
    'wrapUp',
    'alreadyMissedThisOffer',
  ]),
})
export const MailStatusEnum = builder.enumType('MailStatus', {
  values: words(['received', 'sending', 'sent', 'retrying', 'failed', 'bounced']),
})
export const LaneEnum = builder.enumType('ReplayLaneName', { values: words(['call', 'email', 'other']) })
export const ReplayStepEnum = builder.enumType('ReplayStep', { values: words(['next', 'previous']) })
export const LookEnum = builder.enumType('LookedAt', {
  values: words(['board', 'desk', 'decision', 'customer', 'events']),
})
export const LegStatusEnum = builder.enumType('LegStatus', {
  values: words(['offered', 'ringing', 'answered', 'held', 'ended']),
})
