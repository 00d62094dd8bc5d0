import { describe } from 'vitest'
import { mediaContract } from '../media.contract.ts'
import { createFakeMedia } from './fake-media.ts'

describe('the fake media', () => {
  mediaContract(async (task) => {
    await using media = createFakeMedia()
    await task(media)
  })
})
