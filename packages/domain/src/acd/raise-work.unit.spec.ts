import { describe, expect, it } from 'vitest'
import { specify } from '../kernel/decider-specification.ts'
import { after, interaction, offer } from '../kernel/testing.ts'
import { floorDecider } from './decide.ts'
import { openOffer, waitingOnFloor, workOnFloor } from './state.ts'
import {
  becameReady,
  dayOpened,
  enqueued,
  floorId,
  offerAccepted,
  offerDeclined,
  offered,
  signedOn,
  workRaised,
  workRemoved,
} from './testing.ts'

const given = specify(floorDecider)
const HOUR = 3_600
const raise = (work: string, at: number) =>
  ({ type: 'RaiseWork', floorId, interactionId: interaction(work), why: 'chased', at: after(at) }) as const
const chased = (work: string, hours: number, since: number) =>
  workRaised(work, after(since - hours * HOUR), 9)

const WAITING = [dayOpened, enqueued('before', 1), enqueued('w', 2), enqueued('w-2', 3)]
const OFFERED = [
  ...WAITING.slice(0, 1),
  signedOn('anna', 1),
  becameReady('anna', 1),
  enqueued('w', 2),
  offered('o', 'w', 'anna', 3),
]

describe('work that its customer chased', () => {
  it('counts as waiting an hour longer each time, up to four', () => {
    given(WAITING)
      .when(raise('w', 9))
      .then([chased('w', 1, 2)])
    given([...WAITING, chased('w', 3, 2)])
      .when(raise('w', 9))
      .then([chased('w', 4, 2)])
    given([...WAITING, chased('w', 4, 2)])
      .when(raise('w', 9))
      .thenNothing()
  })

  it('is served before what waits less than an hour longer, and not before the head', () => {
    const inOrder = (events: typeof WAITING) => {
      const seen: string[] = []
      given(events).thenState((state) =>
        seen.push(...waitingOnFloor(state).map(({ interactionId }) => interactionId)),
      )
      return seen
    }
    const head = enqueued('head', 8, { place: 'head' })
    expect(inOrder([...WAITING, head, chased('w-2', 1, 3)])).toEqual(['head', 'w-2', 'before', 'w'])
    const old = enqueued('old', 8, { countsFrom: after(-2 * HOUR) })
    expect(inOrder([...WAITING, old, chased('w-2', 1, 3)])).toEqual(['old', 'w-2', 'before', 'w'])
  })

  it('keeps when it was enqueued, so that nobody is told it waited longer than it did', () => {
    given([...WAITING, chased('w', 1, 2)]).thenState((state) =>
      expect(workOnFloor(state, interaction('w'))).toMatchObject({
        work: { enqueuedAt: after(2), countsFrom: after(2 - HOUR) },
      }),
    )
  })

  it('that rings keeps its offer, and its new place when the offer lapses or is declined', () => {
    given([...OFFERED, chased('w', 1, 2)]).thenState((state) => {
      expect(openOffer(state, offer('o'))?.work.countsFrom).toBe(after(2 - HOUR))
      expect(waitingOnFloor(state)).toEqual([])
    })
    given([...OFFERED, chased('w', 1, 2), offerDeclined('o', 'w', 'anna', 10)]).thenState((state) =>
      expect(waitingOnFloor(state)).toMatchObject([{ interactionId: 'w', countsFrom: after(2 - HOUR) }]),
    )
  })

  it('in hand is raised for when it is put back', () => {
    given([...OFFERED, offerAccepted('o', 'w', 'anna', 4)])
      .when(raise('w', 9))
      .then([chased('w', 1, 2)])
    given([...OFFERED, offerAccepted('o', 'w', 'anna', 4), chased('w', 1, 2)]).thenState((state) =>
      expect(workOnFloor(state, interaction('w'))).toMatchObject({
        status: 'handling',
        work: { countsFrom: after(2 - HOUR) },
      }),
    )
  })

  it('is left alone when it is done, and refused when it never was', () => {
    given([...WAITING, workRemoved('w', 4)])
      .when(raise('w', 9))
      .thenNothing()
    given(WAITING).when(raise('other', 9)).thenRefused('WORK_UNKNOWN', { interactionId: 'other' })
  })
})
