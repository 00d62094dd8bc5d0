import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { type FloorId, parseId } from '@centralino/domain'
import { type CountryCode, isSupportedCountry } from 'libphonenumber-js'
import { z } from 'zod'

/** Thrown when the environment does not make a configuration; each problem names its variable and what to do. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The configuration is not right:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

const LOOPBACK_NAMES = new Set(['localhost', '::1'])
/** 127.0.0.0/8, `::1` or `localhost`. */
export const isLoopback = (address: string): boolean =>
  LOOPBACK_NAMES.has(address) || (isIP(address) === 4 && address.startsWith('127.'))

const address = (what: string, fallback: string) =>
  z
    .string()
    .default(fallback)
    .refine((text) => isIP(text) !== 0 || text === 'localhost', `must be an IP address (${what})`)

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a port number from 0 (any free port) to 65535')
    .transform(Number)
    .refine((number) => number <= 65_535, 'must be a port number from 0 (any free port) to 65535')
    .prefault(String(fallback))

const portRange = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const match = /^(\d+)-(\d+)$/.exec(text)
      const [min, max] = [Number(match?.[1]), Number(match?.[2])]
      if (!match || min < 1024 || max > 65_535 || max - min < 9) {
        context.addIssue({
          code: 'custom',
          message: 'must be two ports with a dash between, at least ten of them, such as 20000-20999',
        })
        return z.NEVER
      }
      return { min, max }
    })

/** EventStoreDB or KurrentDB, by hosts or by a name that leads to them. */
const EVENT_STORE_SERVER = /^(esdb|kurrentdb)(\+discover)?:\/\/./

/** What webhooks may do beyond HTTPS to public addresses. */
const WEBHOOK_ALLOWANCES: readonly string[] = ['http', 'private']
const webhookAllowances = z
  .string()
  .transform((text) => text.split(',').map((word) => word.trim()))
  .refine(
    (words) => words.every((word) => WEBHOOK_ALLOWANCES.includes(word)),
    `must be one or both of ${WEBHOOK_ALLOWANCES.join(', ')}, with a comma between`,
  )
  .default([])

const deadLetterLimit = z
  .string()
  .default('1000')
  .refine((text) => /^[1-9]\d{0,4}$/.test(text), 'must be a number from 1 to 99999')
  .transform(Number)

const url = (schemes: readonly string[], example: string) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol),
      `must look like ${example}`,
    )

const environment = z.object({
  HUB_MODE: z.enum(['demo', 'production'], 'must be demo or production').default('demo'),
  HUB_DATA_DIR: z.string().min(1, 'must name a folder').default('./data'),
  HUB_HTTP_ADDRESS: address('where the console listens', '127.0.0.1'),
  HUB_HTTP_PORT: port(8080),
  HUB_PUBLIC_ORIGIN: url(['http:', 'https:'], 'https://hub.example.com').optional(),
  HUB_SIP_ADDRESS: address('where SIP listens', '127.0.0.1'),
  HUB_SIP_PORT: port(5060),
  HUB_RTP_PORTS: portRange('20000-20999'),
  HUB_WEBRTC_PORTS: portRange('21000-21999'),
  HUB_MEDIA_ADDRESS: z
    .string()
    .refine((text) => isIP(text) !== 0, 'must be the IP address that phones and browsers send media to')
    .optional(),
  HUB_TIME_ZONE: z
    .string()
    .default('Europe/Rome')
    .refine(isTimeZone, 'must be a time zone such as Europe/Rome'),
  HUB_COUNTRY: z
    .string()
    .default('IT')
    .refine(
      (text): text is CountryCode => isSupportedCountry(text),
      'must be a country code of two capital letters such as IT',
    ),
  HUB_FLOOR: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_]{0,31}$/, 'must be a word of letters, digits and _')
    .default('main'),
  EVENT_STORE_URL: z
    .string()
    .refine(
      (text) => EVENT_STORE_SERVER.test(text) || text.startsWith('sqlite:'),
      'must look like sqlite:./data/log.db, or esdb://host:2113,host:2113?tls=true for EventStoreDB',
    )
    .optional(),
  IMAP_URL: url(['imap:', 'imaps:'], 'imaps://user:password@host:993').optional(),
  SMTP_URL: url(['smtp:', 'smtps:'], 'smtps://user:password@host:465').optional(),
  MAIL_ADDRESS: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+$/, 'must be a mail address')
    .optional(),
  HUB_SECRET: z.string().optional(),
  HUB_WEBHOOK_ALLOW: webhookAllowances,
  HUB_WEBHOOK_DEAD_LETTERS: deadLetterLimit,
  HUB_LEDGER_KEY_FILE: z.string().min(1).optional(),
  MEDIASOUP_WORKER_BIN: z.string().min(1).optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be a level such as info')
    .optional(),
})

/** Every variable that the hub reads. */
export const KNOWN_VARIABLES: readonly string[] = Object.keys(environment.shape)

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return true
  } catch {
    return false
  }
}

export type HubMode = 'demo' | 'production'
export type PortRange = { readonly min: number; readonly max: number }

export type Config = {
  readonly mode: HubMode
  /** Absolute. */
  readonly dataDir: string
  /** `origin` is where people find the console when a proxy stands in front; null: the address itself. */
  readonly http: { readonly address: string; readonly port: number; readonly origin: string | null }
  readonly sip: { readonly address: string; readonly port: number }
  readonly media: {
    readonly rtpPorts: PortRange
    readonly webRtcPorts: PortRange
    /** Announced to phones and browsers; null: the SIP address. */
    readonly announcedAddress: string | null
    /** mediasoup's worker; null: the one mediasoup brings. */
    readonly workerBin: string | null
  }
  readonly timeZone: string
  /** Whose national numbers are meant by digits without a country code. */
  readonly country: CountryCode
  readonly floor: FloorId
  /** `sqlite:` and an absolute path, or a server's, in which a password may stand. */
  readonly eventStoreUrl: string
  /** The embedded log's file; null: the log is on a server. */
  readonly logPath: string | null
  readonly mail: {
    readonly imapUrl: string | null
    readonly smtpUrl: string | null
    readonly address: string
  }
  readonly webhooks: {
    /** Unencrypted targets; always in a demo. */
    readonly allowHttp: boolean
    /** Targets on this machine and its networks. */
    readonly allowPrivate: boolean
    /** Kept for each webhook; one that has no room for the next stops. */
    readonly deadLetterLimit: number
  }
  /** Keys the hashes of session tokens; a new secret signs everybody out. */
  readonly secret: string
  /** Absolute; the key that the log's checkpoints are signed with. */
  readonly ledgerKeyPath: string
  readonly logLevel: string
}

/** Demo keeps no secret: it is reachable from this machine only, and its passwords are printed. */
const DEMO_SECRET = 'centralino-demo-mode-has-no-secret'
export const SECRET_MINIMUM_LENGTH = 32

/**
 * Reads the environment once. Empty variables count as left out. Throws a `ConfigError` that names every wrong variable.
 */
export const parseConfig = (
  env: Readonly<Record<string, string | undefined>>,
  workingDirectory = process.cwd(),
): Config => {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`))
  }
  const e = parsed.data
  const problems = e.HUB_MODE === 'production' ? productionProblems(e) : demoProblems(e)
  if (problems.length > 0) throw new ConfigError(problems)
  const dataDir = resolve(workingDirectory, e.HUB_DATA_DIR)
  const logPath = logPathOf(e.EVENT_STORE_URL, workingDirectory, dataDir)
  return {
    mode: e.HUB_MODE,
    dataDir,
    ledgerKeyPath: resolve(workingDirectory, e.HUB_LEDGER_KEY_FILE ?? resolve(dataDir, 'ledger-key.pem')),
    http: {
      address: e.HUB_HTTP_ADDRESS,
      port: e.HUB_HTTP_PORT,
      origin: e.HUB_PUBLIC_ORIGIN === undefined ? null : new URL(e.HUB_PUBLIC_ORIGIN).origin,
    },
    sip: { address: e.HUB_SIP_ADDRESS, port: e.HUB_SIP_PORT },
    media: {
      rtpPorts: e.HUB_RTP_PORTS,
      webRtcPorts: e.HUB_WEBRTC_PORTS,
      announcedAddress: e.HUB_MEDIA_ADDRESS ?? null,
      workerBin: e.MEDIASOUP_WORKER_BIN ?? null,
    },
    timeZone: e.HUB_TIME_ZONE,
    country: e.HUB_COUNTRY,
    floor: parseId('floor', e.HUB_FLOOR),
    eventStoreUrl: logPath === null ? (e.EVENT_STORE_URL ?? '') : `sqlite:${logPath}`,
    logPath,
    mail: {
      imapUrl: e.IMAP_URL ?? null,
      smtpUrl: e.SMTP_URL ?? null,
      address: e.MAIL_ADDRESS?.toLowerCase() ?? 'support@linfa.example',
    },
    webhooks: {
      allowHttp: e.HUB_MODE === 'demo' || e.HUB_WEBHOOK_ALLOW.includes('http'),
      allowPrivate: e.HUB_WEBHOOK_ALLOW.includes('private'),
      deadLetterLimit: e.HUB_WEBHOOK_DEAD_LETTERS,
    },
    secret: e.HUB_SECRET ?? DEMO_SECRET,
    logLevel: e.LOG_LEVEL ?? (e.HUB_MODE === 'demo' ? 'warn' : 'info'),
  }
}

/** The embedded log's file: a path is relative to the working directory; `sqlite:///var/…` is `/var/…`. Null: a server's URL. */
const logPathOf = (url: string | undefined, workingDirectory: string, dataDir: string): string | null => {
  if (url === undefined) return resolve(dataDir, 'log.db')
  if (EVENT_STORE_SERVER.test(url)) return null
  return resolve(workingDirectory, url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, ''))
}

type Environment = z.infer<typeof environment>

/** Demo logins are printed and known: nothing of a demo may be reachable from another machine. */
const demoProblems = (e: Environment): string[] =>
  (['HUB_HTTP_ADDRESS', 'HUB_SIP_ADDRESS'] as const)
    .filter((name) => !isLoopback(e[name]))
    .map(
      (name) =>
        `${name} is ${e[name]}, but the demo's logins are public: use 127.0.0.1, or HUB_MODE=production with HUB_SECRET`,
    )

const EVERY_ADDRESS = new Set(['0.0.0.0', '::'])

const productionProblems = (e: Environment): string[] => {
  const problems: string[] = []
  if (e.HUB_SECRET === undefined || e.HUB_SECRET.length < SECRET_MINIMUM_LENGTH) {
    problems.push(
      `HUB_SECRET must hold at least ${SECRET_MINIMUM_LENGTH} characters in production: ` +
        `make one with \`openssl rand -base64 48\` and keep it`,
    )
  }
  if (EVERY_ADDRESS.has(e.HUB_SIP_ADDRESS) && e.HUB_MEDIA_ADDRESS === undefined) {
    problems.push(
      `HUB_MEDIA_ADDRESS must say which address phones and browsers are told when HUB_SIP_ADDRESS is ${e.HUB_SIP_ADDRESS}`,
    )
  }
  if (e.IMAP_URL !== undefined && e.MAIL_ADDRESS === undefined) {
    problems.push('MAIL_ADDRESS must name the address that customers write to when IMAP_URL is set')
  }
  if (e.IMAP_URL !== undefined && e.SMTP_URL === undefined) {
    problems.push('SMTP_URL must be set together with IMAP_URL, so that a mail can be answered')
  }
  return problems
}
