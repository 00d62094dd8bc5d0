import { expect, test } from 'vitest'
import { statusWords } from '../cli/status-words.ts'
import { anna, bruno, floorWorld } from '../floor/testing/floor-world.ts'
import type { Connections } from '../graphql/context.ts'
import { createMetrics } from '../observability/metrics.ts'
import { watchFloor } from './floor-watch.ts'

test('the floor’s figures and connections are as they are, for a scraper and for hub status', async () => {
  await using world = await floorWorld()
  await world.ready(anna)
  await world.ready(bruno)
  await world.call()
  await world.accept(anna)
  await world.call({ from: '+48229999999' })
  await world.call({ from: '+48229999998' })
  const metrics = createMetrics()
  const connections: Connections = {
    store: () => 'up',
    edge: () => 'up',
    mailbox: () => 'away',
    smtp: () => 'off',
  }
  watchFloor(world.operations(), connections, metrics)()
  expect(statusWords(await metrics.registry.metrics())).toEqual([
    ['agents', '2 on the floor: 1 engaged, 1 reserved'],
    ['contacts', '3 calls; 1 call and 0 mails wait'],
    ['store', 'up'],
    ['edge', 'up'],
    ['mailbox', 'AWAY'],
    ['smtp', 'off'],
  ])
})

test('a floor without anybody is told as such', async () => {
  await using world = await floorWorld()
  const metrics = createMetrics()
  const connections: Connections = {
    store: () => 'notWritable',
    edge: () => 'starting',
    mailbox: () => 'off',
    smtp: () => 'down',
  }
  watchFloor(world.operations(), connections, metrics)()
  expect(statusWords(await metrics.registry.metrics())).toEqual([
    ['agents', 'nobody on the floor'],
    ['contacts', '0 calls; 0 calls and 0 mails wait'],
    ['store', 'NOTWRITABLE'],
    ['edge', 'starting'],
    ['mailbox', 'off'],
    ['smtp', 'DOWN'],
  ])
})
