import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Receiver, startReceiver } from '@centralino/api/webhooks/testing/receiver'
import { verifiedBy } from '@centralino/api/webhooks/testing/verify-signature'
import { openEventStore } from '@centralino/event-store'
import { workerBinary } from '@centralino/telephony/testing'
import { expect, it } from 'vitest'
import { eventually } from '../world/eventually.ts'
import { signIn } from '../world/graphql.ts'
import { type HubProcess, startHub } from '../world/hub-process.ts'

const CLI = fileURLToPath(new URL('../../apps/api/src/cli/main.ts', import.meta.url))
const execute = promisify(execFile)
const ENV = { HUB_WEBHOOK_ALLOW: 'private' }

const KILLS = 4
const RENAMES = 25

const commandsFor =
  ({ dataDir }: HubProcess) =>
  async (...args: string[]): Promise<string> => {
    const env = { ...process.env, ...ENV, HUB_DATA_DIR: dataDir }
    return (await execute(process.execPath, [CLI, ...args], { env })).stdout
  }

/** Makes events while the hub runs. */
const work = async (hub: HubProcess, run: number): Promise<void> => {
  const session = await signIn(hub.url, 'sofia@linfa.example')
  const found = await session.ask<{ customers: { edges: readonly { node: { id: string } }[] } }>(
    'query { customers(search: "Giulia", first: 1) { edges { node { id } } } }',
  )
  for (let n = 0; n < RENAMES; n += 1) {
    await session.ask(
      `mutation ($id: ID!, $profile: ProfileInput!) {
         nameCustomer(customerId: $id, profile: $profile) { __typename }
       }`,
      { id: found.customers.edges[0]?.node.id, profile: { name: `Giulia ${run} ${n}` } },
    )
  }
}

const idsAt = ({ received }: Receiver): string[] =>
  received.map(({ headers }) => String(headers['webhook-id']))
/** As the receiver would keep them: each once, in the order they came first. */
const firstIdsAt = (receiver: Receiver): string[] => [...new Set(idsAt(receiver))]

const idsInLog = async (path: string): Promise<string[]> => {
  await using store = await openEventStore(`sqlite:${path}`, { readOnly: true })
  const ids: string[] = []
  for await (const { id } of store.readAll()) ids.push(id)
  return ids
}

it.skipIf(workerBinary().path === null)(
  'a hub that is killed again and again sends every event, in the log’s order, whatever other receivers do',
  { timeout: 180_000 },
  async () => {
    await using hub = await startHub(ENV)
    await using receiver = await startReceiver()
    await using hanging = await startReceiver()
    await using gone = await startReceiver()
    await hanging.order('hang')
    await gone.order({ status: 410 })
    const command = commandsFor(hub)
    await command('api-client', 'add', 'warehouse', '--personal')
    const add = async (name: string, { url }: Receiver) => {
      const text = await command('webhook', 'add', name, '--client=warehouse', `--url=${url}`, '--from=start')
      return /whsec_\S+/.exec(text)?.[0] ?? ''
    }
    await add('hanging', hanging)
    await add('gone', gone)
    const secret = await add('warehouse', receiver)

    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = receiver.received.length
      const working = work(hub, kill).catch(() => 'the hub is gone')
      await eventually(
        `events come (${kill})`,
        () => receiver.received.length - before,
        (count) => count > 40,
      )
      // One time the receiver is away as well when the hub dies.
      if (kill === 1) await receiver.order('refuse')
      await hub.kill('SIGKILL')
      await working
      if (kill === 1) await receiver.order('listen')
      await hub.restart()
    }
    await work(hub, KILLS)
    const wanted = await idsInLog(join(hub.dataDir, 'log.db'))
    await eventually(
      'everything has come',
      () => firstIdsAt(receiver).length,
      (count) => count >= wanted.length,
    )
    expect(firstIdsAt(receiver).slice(0, wanted.length)).toEqual(wanted)
    for (const received of receiver.received) expect(await verifiedBy(secret, received)).toEqual([true])

    expect(firstIdsAt(gone)).toEqual(wanted.slice(0, 1))
    expect(firstIdsAt(hanging)).toEqual(wanted.slice(0, 1))
    const listed = await eventually(
      'the one that hangs is noted',
      () => command('webhook', 'list'),
      (text) => /hanging .*failed .*TIMEOUT/.test(text),
    )
    expect(listed).toMatch(/gone .*stopped: the receiver wants no more \(410\)/)
    expect(listed).toMatch(/warehouse .*delivering/)
    const metrics = await (await fetch(`${hub.url}/metrics`)).text()
    expect(metrics).toMatch(/centralino_webhooks\{state="disabled"\} 1/)
    expect(metrics).toMatch(/notices_total\{code="WEBHOOK_DISABLED"\} 1/)
    await hub.kill('SIGTERM')
    expect(hub.output()).toContain('Stopped: calls ended, log closed.')
  },
)
