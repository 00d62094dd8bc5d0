import { formatParameters, type Parameters, parseHeaderParameters } from './parameters.ts'
import { isHost, parsePort } from './text.ts'

/** One Via value (§20.42). */
export type Via = {
  readonly version: string
  /** Upper case: UDP, TCP, TLS … */
  readonly transport: string
  readonly host: string
  readonly port: number | null
  readonly parameters: Parameters
  /** As received: Vias below ours go back exactly as they came. */
  readonly raw: string
}

// Blanks may stand around the slashes and the colon (RFC 4475 §3.1.1.1).
const VIA =
  /^([^\s/]+)\s*\/\s*([^\s/]+)\s*\/\s*([A-Za-z0-9\-.!%*_+`'~]+)\s+(\[[^\]\s]+\]|[^\s:;[\]]+)(?:\s*:\s*(\d+))?\s*(;[\s\S]*)?$/

/** Null for text that is no Via value. */
export const parseVia = (text: string): Via | null => {
  const raw = text.trim()
  const match = VIA.exec(raw)
  if (match === null) return null
  const [, name = '', version = '', transport = '', host = '', portText, parameterText = ''] = match
  const port = portText === undefined ? null : parsePort(portText)
  const parameters = parseHeaderParameters(parameterText)
  if (!isHost(host) || parameters === null || (portText !== undefined && port === null)) return null
  return {
    version: `${name.toUpperCase()}/${version}`,
    transport: transport.toUpperCase(),
    host: host.toLowerCase(),
    port,
    parameters,
    raw,
  }
}

const write = (via: Omit<Via, 'raw'>): string =>
  `${via.version}/${via.transport} ${via.host}${via.port === null ? '' : `:${via.port}`}${formatParameters(via.parameters)}`

/** Our own Via. `rport` asks for the answer at the port the request came from (RFC 3581 §3). */
export const createVia = (transport: string, host: string, port: number, branch: string): Via => {
  const via = {
    version: 'SIP/2.0',
    transport,
    host: host.includes(':') ? `[${host}]` : host,
    port,
    parameters: new Map<string, string | null>([
      ['branch', branch],
      ['rport', null],
    ]),
  }
  return { ...via, raw: write(via) }
}

/**
 * The top Via as the server notes where the request came from: `received` when it differs from sent-by (§18.2.1), and
 * always together with `rport` where the client asked for it (RFC 3581 §4).
 */
export const withSource = (via: Via, source: { readonly address: string; readonly port: number }): Via => {
  const parameters = new Map(via.parameters)
  const asked = parameters.has('rport')
  if (asked) parameters.set('rport', String(source.port))
  if (asked || via.host.replace(/^\[|\]$/g, '') !== source.address) parameters.set('received', source.address)
  else parameters.delete('received')
  const noted = { ...via, parameters }
  return { ...noted, raw: write(noted) }
}

/** Null from a peer that speaks RFC 2543. */
export const branchOf = (via: Via): string | null => via.parameters.get('branch') ?? null

/** §8.1.1.7: what a branch begins with when it is unique in space and time. */
export const MAGIC_COOKIE = 'z9hG4bK'
