import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openEventStore } from '@centralino/event-store'
import { createSoftPhone, workerBinary } from '@centralino/telephony/testing'
import { expect, it } from 'vitest'
import { BILLING } from '../world/caller.ts'
import { type Session, signIn } from '../world/graphql.ts'
import { type HubProcess, startHub } from '../world/hub-process.ts'

const CLI = fileURLToPath(new URL('../../apps/api/src/cli/main.ts', import.meta.url))
const execute = promisify(execFile)

const KILLS = 20
/** The hub works this long, at most, before it is killed; when exactly is drawn anew each time. */
const WORKS_UP_TO_MS = 1_500
/** A hub that is gone answers nothing; a request to it must not hold the story up. */
const GIVE_UP_MS = 10_000

/** What the hub said yes to, as people outside saw it. */
type Acknowledged = { readonly names: Set<string>; readonly answeredCallers: Set<string> }

/** Renames customers, one after the other, until the hub is gone. */
const rename = async (session: Session, customerId: string, run: string, names: Set<string>) => {
  for (let n = 0; ; n += 1) {
    const name = `${run} ${n}`
    const answer = await Promise.race([
      session.ask<{ nameCustomer: { __typename: string } }>(
        `mutation ($id: ID!, $profile: ProfileInput!) {
           nameCustomer(customerId: $id, profile: $profile) { __typename }
         }`,
        { id: customerId, profile: { name } },
      ),
      delay(GIVE_UP_MS, null, { ref: false }),
    ]).catch(() => null)
    if (answer === null) return
    if (answer.nameCustomer.__typename === 'Done') names.add(name)
  }
}

/** Calls from numbers that nobody knows, one after the other; a call that was answered is one the hub has taken on. */
const callIn = async (
  hub: Pick<HubProcess, 'sip'>,
  from: (n: number) => string,
  isOver: AbortSignal,
  answeredCallers: Set<string>,
) => {
  for (let n = 0; !isOver.aborted; n += 1) {
    const number = from(n)
    await using phone = await createSoftPhone({ number })
    const call = await phone.call(`sip:${BILLING}@${hub.sip.address}:${hub.sip.port}`)
    call.ended.catch(() => {})
    const over = new Promise<'over'>((resolve) => {
      isOver.addEventListener('abort', () => resolve('over'), { once: true })
    })
    const outcome = await Promise.race([call.answered.then(() => 'answered' as const), over]).catch(
      () => 'ended',
    )
    if (outcome === 'answered') answeredCallers.add(number)
    if (call.status() !== 'ended') call.hangUp()
  }
}

/** What a log that survived has to be, whatever was killed: no gap, no double, nothing missing that was acknowledged. */
const examine = async (log: string, { names, answeredCallers }: Acknowledged) => {
  await using store = await openEventStore(`sqlite:${log}`, { readOnly: true })
  const ids = new Set<string>()
  const revisions = new Map<string, bigint>()
  const faults: string[] = []
  const missing = new Set([...names, ...answeredCallers])
  let lastPosition = ''
  for await (const event of store.readAll()) {
    if (ids.has(event.id)) faults.push(`${event.id} stands there twice`)
    ids.add(event.id)
    if (event.revision !== (revisions.get(event.stream) ?? -1n) + 1n)
      faults.push(`a gap in ${event.stream} before revision ${event.revision}`)
    revisions.set(event.stream, event.revision)
    if (event.position <= lastPosition) faults.push(`position ${event.position} is out of order`)
    lastPosition = event.position
    const data = event.data as { profile?: { name?: string }; from?: string }
    if (event.type === 'CustomerProfileChanged') missing.delete(data.profile?.name ?? '')
    if (event.type === 'CallReceived') missing.delete(data.from ?? '')
  }
  return { faults, missing: [...missing], events: ids.size }
}

it.skipIf(workerBinary().path === null)(
  `a hub killed ${KILLS} times while it appends loses nothing it said yes to (needs mediasoup’s worker)`,
  { timeout: 10 * 60_000 },
  async () => {
    await using hub = await startHub()
    const acknowledged: Acknowledged = { names: new Set(), answeredCallers: new Set() }
    const sessions = await Promise.all(
      ['sofia@linfa.example', 'luca@linfa.example', 'ewa@linfa.example'].map((email) =>
        signIn(hub.url, email),
      ),
    )
    const [first] = sessions
    const { customers } = (await first?.ask<{
      customers: { edges: readonly { node: { id: string } }[] }
    }>('{ customers(first: 3) { edges { node { id } } } }')) ?? { customers: { edges: [] } }

    for (let run = 0; run < KILLS; run += 1) {
      if (run > 0) await hub.restart()
      const over = new AbortController()
      const work = [
        ...sessions.map((session, i) =>
          rename(session, customers.edges[i]?.node.id ?? '', `run ${run} of agent ${i}`, acknowledged.names),
        ),
        callIn(
          hub,
          (n) => `+390655${String(510_000 + run * 100 + n)}`,
          over.signal,
          acknowledged.answeredCallers,
        ),
      ]
      await delay(200 + Math.random() * WORKS_UP_TO_MS)
      await hub.kill('SIGKILL')
      over.abort()
      await Promise.all(work)
    }

    const log = await examine(join(hub.dataDir, 'log.db'), acknowledged)
    expect(log.faults).toEqual([])
    expect(log.missing).toEqual([])
    // The story told something: it was killed in the middle of work.
    expect(acknowledged.names.size).toBeGreaterThan(KILLS * 5)
    expect(acknowledged.answeredCallers.size).toBeGreaterThan(KILLS / 2)

    // The read models went on where they stopped, and nothing took effect twice.
    await hub.restart()
    const env = { ...process.env, HUB_DATA_DIR: hub.dataDir }
    const { stdout } = await execute(process.execPath, [CLI, 'replay'], { env })
    expect(stdout).toMatch(/equal: every row/i)
  },
)
