import { describe, it } from 'vitest'
import { specify } from '../kernel/decider-specification.ts'
import { after, queue } from '../kernel/testing.ts'
import { queueDecider } from './decide.ts'
import type { QueueEvent, QueueSettings } from './events.ts'

const given = specify(queueDecider)
const queueId = queue('support')
const at = after(0)
const settings: QueueSettings = {
  name: 'Support',
  requiredSkills: ['support'],
  offerTimeoutSeconds: 20,
  wrapUpSeconds: 30,
  entryPoints: ['+390612345678'],
}
const defined: QueueEvent = { type: 'QueueDefined', data: { queueId, settings, at } }

describe('a queue', () => {
  it('is defined once', () => {
    given([]).when({ type: 'DefineQueue', queueId, settings, at }).then([defined])
    given([defined]).when({ type: 'DefineQueue', queueId, settings, at }).thenNothing()
    given([defined])
      .when({ type: 'DefineQueue', queueId, settings: { ...settings, name: 'Sales' }, at })
      .thenRefused('QUEUE_EXISTS', { queueId })
  })

  it('changes only where something is different', () => {
    const changed = { ...settings, wrapUpSeconds: 60 }
    given([defined])
      .when({ type: 'ChangeQueue', queueId, settings: changed, at })
      .then([{ type: 'QueueChanged', data: { queueId, settings: changed, at } }])
    given([defined]).when({ type: 'ChangeQueue', queueId, settings, at }).thenNothing()
  })

  it('cannot change before it is defined', () => {
    given([]).when({ type: 'ChangeQueue', queueId, settings, at }).thenRefused('QUEUE_UNKNOWN', { queueId })
  })

  it('needs a name', () => {
    given([])
      .when({ type: 'DefineQueue', queueId, settings: { ...settings, name: ' ' }, at })
      .thenRefused('QUEUE_NAME_EMPTY', { queueId })
  })

  it.each([
    ['offerTimeoutSeconds', 4],
    ['offerTimeoutSeconds', 121],
    ['offerTimeoutSeconds', Number.NaN],
    ['wrapUpSeconds', -1],
    ['wrapUpSeconds', 3_601],
  ] as const)('does not take %s of %d', (field, value) => {
    given([])
      .when({ type: 'DefineQueue', queueId, settings: { ...settings, [field]: value }, at })
      .thenRefused('QUEUE_TIME_OUT_OF_RANGE', { field, value })
  })

  it.each([
    ['offerTimeoutSeconds', 5],
    ['offerTimeoutSeconds', 120],
    ['wrapUpSeconds', 0],
    ['wrapUpSeconds', 3_600],
  ] as const)('takes %s of %d', (field, value) => {
    const edge = { ...settings, [field]: value }
    given([])
      .when({ type: 'DefineQueue', queueId, settings: edge, at })
      .then([{ type: 'QueueDefined', data: { queueId, settings: edge, at } }])
  })
})
