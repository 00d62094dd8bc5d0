import { describe } from 'vitest'
import { type Heard, mediaContract } from '../media.contract.ts'
import type { SipMediaLeg } from '../media.ts'
import { createFakeMedia } from './fake-media.ts'

describe('the fake media', () => {
  mediaContract(async (task) => {
    await using media = createFakeMedia()
    const talking = new Set<unknown>()
    const heardBy = (leg: SipMediaLeg): Heard => {
      const fake = media.sipLegs.find((each) => each === leg)
      if (fake === undefined || fake.closed || fake.sessions.at(-1)?.sends !== true) return 'nothing'
      const source = fake.heard.at(-1) ?? 'silence'
      if (typeof source === 'string') return source === 'silence' ? 'silence' : 'played'
      const other = media.sipLegs.find((each) => each === source)
      if (other === undefined || other.closed) return 'nothing'
      return talking.has(other) ? 'tone' : 'silence'
    }
    let port = 40_000
    await task({
      media,
      peerOf: async (leg) => {
        port += 2
        return {
          remote: { address: '127.0.0.1', port },
          sayTone: () => void talking.add(leg),
          hears: async () => heardBy(leg),
        }
      },
    })
  })
})
