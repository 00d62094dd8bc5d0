import { existsSync } from 'node:fs'
import { runningHub } from '../startup/hub-file.ts'
import type { Command } from './command.ts'
import { openLogForReading } from './open-log.ts'
import { statusWords } from './status-words.ts'
import { timeOf } from './table.ts'

export const status: Command = {
  summary: 'says whether the hub runs, where, who is on its floor, and how far its log is',
  usage: 'status',
  async run(_args, { config, say }) {
    const hub = await runningHub(config.dataDir)
    if (hub === null) say('The hub is not running: npm start')
    else {
      const { http, sip } = hub
      say(`The hub runs (process ${hub.pid}).`)
      say(`  console  http://${http.address}:${http.port}  ${await answerOf(http.address, http.port)}`)
      const tls = sip.tlsPort === undefined ? '' : `, over TLS port ${sip.tlsPort}`
      say(`  calls    sip:${sip.address}:${sip.port} over UDP and TCP${tls}`)
      const figures = await figuresOf(http)
      if (figures === null) say('  figures  unknown: the hub does not answer')
      else {
        for (const [name, line] of statusWords(figures)) say(`  ${name.padEnd(8)} ${line}`)
        if (config.logPath === null) say(`  store    ${storeWords(figures)}`)
      }
    }
    say(`  data     ${config.dataDir}`)
    if (config.logPath === null || existsSync(config.logPath)) {
      await using store = await openLogForReading(config)
      for await (const event of store.readAll({ direction: 'backwards', limit: 1 })) {
        say(`  log      up to ${event.position}, ${timeOf(event.recordedAt, config.timeZone)}`)
      }
    }
    return hub === null ? 1 : 0
  },
}

/** The running hub's own figures, in Prometheus text; null when it does not answer. */
const figuresOf = async ({ address, port }: { address: string; port: number }): Promise<string | null> => {
  try {
    const response = await fetch(`http://${address}:${port}/metrics`, {
      signal: AbortSignal.timeout(ANSWER_WITHIN_MILLISECONDS),
    })
    return response.ok ? await response.text() : null
  } catch {
    return null
  }
}

/** The figures `centralino_event_store{figure="…"}` of Prometheus text, in a line for a person. */
export const storeWords = (metrics: string): string => {
  const figure = (name: string): number =>
    Number(new RegExp(`^centralino_event_store\\{figure="${name}"\\} (\\S+)$`, 'm').exec(metrics)?.[1] ?? 0)
  const answering = figure('connected') === 1 ? 'connected' : 'RECONNECTING'
  return [
    answering,
    `${figure('pendingAppends')} of ${figure('limit')} appends wait`,
    `${figure('refusedAppends')} refused as too many`,
    `${figure('repeatedCalls')} calls repeated`,
    `${figure('reconnects')} reconnects`,
    `${figure('resubscriptions')} resubscriptions`,
  ].join(', ')
}

const ANSWER_WITHIN_MILLISECONDS = 2_000

const answerOf = async (address: string, port: number): Promise<string> => {
  try {
    const { ok } = await fetch(`http://${address}:${port}/healthz`, {
      signal: AbortSignal.timeout(ANSWER_WITHIN_MILLISECONDS),
    })
    return ok ? 'ready' : 'not ready'
  } catch {
    return 'does not answer'
  }
}
