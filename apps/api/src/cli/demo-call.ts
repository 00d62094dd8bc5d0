import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { unreachable } from '@centralino/domain'
import {
  createSoftPhone,
  measureLevel,
  readWav,
  type SoftPhoneCall,
  writeWav,
} from '@centralino/telephony/testing'
import { DEMO_CUSTOMERS, DEMO_NUMBERS } from '../demo/people.ts'
import { runningHub } from '../startup/hub-file.ts'
import { CannotDo, type Command, type CommandIO, UsageError } from './command.ts'
import { durationOf } from './table.ts'
import { type CallTeller, openCallTeller } from './tell-call.ts'

const OPTIONS = {
  from: { type: 'string', default: DEMO_CUSTOMERS.giulia.phones[0] ?? '' },
  to: { type: 'string', default: DEMO_NUMBERS[0].number as string },
  seconds: { type: 'string', default: '120' },
  save: { type: 'string' },
} as const

const SPEECH = new URL('../demo/caller-en.wav', import.meta.url)
const LONGEST_SECONDS = 600
const LOOK_EVERY_MILLISECONDS = 1_000
const SAMPLE_RATE = 8_000
/** Quieter than a whisper on the line. */
const SILENCE_DECIBELS = -55

export const demoCall: Command = {
  summary: 'calls the running hub as a customer would, speaking, and says what it hears',
  usage: `demo-call [--from +39…] [--to +39…] [--seconds 120] [--save heard.wav]
  Ctrl-C hangs up.`,
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true })
    const seconds = Number(values.seconds)
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_SECONDS) {
      throw new UsageError(`--seconds must be from 1 to ${LONGEST_SECONDS}`)
    }
    for (const name of ['from', 'to'] as const) {
      if (!/^\+?[\w.-]{1,32}$/.test(values[name]))
        throw new UsageError(`--${name} must be a number such as +39065550142`)
    }
    const hub = await runningHub(io.config.dataDir)
    if (hub === null) throw new CannotDo('The hub is not running: npm start')
    const { from, to, save } = values
    return placeCall({ from, to, seconds, save, sip: hub.sip }, io)
  },
}

type Plan = {
  readonly from: string
  readonly to: string
  readonly seconds: number
  readonly save: string | undefined
  readonly sip: { readonly address: string; readonly port: number }
}

const placeCall = async (plan: Plan, { config, say }: CommandIO): Promise<number> => {
  const speech = readWav(await readFile(SPEECH))
  const started = performance.now()
  const sayWhen = (line: string): void => say(`${durationOf(performance.now() - started)}  ${line}`)
  await using teller = await openCallTeller(config, sayWhen)
  const known = Object.values(DEMO_CUSTOMERS).find(({ phones }) => phones.includes(plan.from))
  await using phone = await createSoftPhone({
    localAddress: plan.sip.address,
    number: plan.from,
    ...(known === undefined ? {} : { displayName: known.profile.name }),
  })
  say(`Calling ${plan.to} from ${plan.from}${known === undefined ? '' : ` (${known.profile.name})`} …`)
  const call = await phone.call(`sip:${plan.to}@${plan.sip.address}:${plan.sip.port}`)
  teller.follow(call.sipCallId)
  let hangingUp = false
  const hangUp = (): void => {
    // A terminal's Ctrl-C arrives twice: by itself, and passed on by npm.
    if (hangingUp) return
    hangingUp = true
    say('Hanging up.')
    call.hangUp()
  }
  process.on('SIGINT', hangUp)
  const limit = setTimeout(hangUp, plan.seconds * 1_000)
  void call.ringing.then(
    () => say('It rings.'),
    () => {},
  )
  try {
    const { codec } = await call.answered
    sayWhen(
      `The hub answered (${codec}): a greeting, then music until an agent answers. The caller speaks meanwhile (a recording).`,
    )
    call.say(speech.samples, { repeat: true })
    await tellWhatHappens(call, teller, sayWhen)
  } catch {
    // How the call ended is said below.
  } finally {
    clearTimeout(limit)
  }
  const end = await call.ended
  await lastWords(teller)
  process.off('SIGINT', hangUp)
  if (plan.save !== undefined) {
    await writeFile(plan.save, writeWav({ sampleRate: SAMPLE_RATE, samples: call.heard() }))
    say(`What was heard is in ${plan.save}.`)
  }
  say(endInWords(end))
  return end.how === 'bye' || end.how === 'cancelled' ? 0 : 1
}

/** What the log tells of the call's end comes a moment after the phone has noticed. */
const lastWords = async (teller: CallTeller): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MILLISECONDS / 2))
  await teller.tell()
}

/** A line for what the log tells of the call, and whenever sound becomes silence or comes back, until the call ends. */
const tellWhatHappens = async (
  call: SoftPhoneCall,
  teller: CallTeller,
  say: (line: string) => void,
): Promise<void> => {
  let before: 'sound' | 'silence' | null = null
  for (;;) {
    const over = await Promise.race([
      call.ended.then(() => true),
      new Promise<false>((resolve) => setTimeout(() => resolve(false), LOOK_EVERY_MILLISECONDS)),
    ])
    if (over) return
    await teller.tell()
    const level = measureLevel(call.heard(LOOK_EVERY_MILLISECONDS))
    const now = level > SILENCE_DECIBELS ? 'sound' : 'silence'
    if (now !== before)
      say(now === 'sound' ? `The caller hears sound (${Math.round(level)} dB).` : 'The caller hears silence.')
    before = now
  }
}

type End = Awaited<SoftPhoneCall['ended']>

const endInWords = (end: End): string => {
  switch (end.how) {
    case 'bye':
      return end.by === 'peer' ? 'The other side hung up.' : 'The call is over.'
    case 'cancelled':
      return 'Hung up before anybody answered.'
    case 'refused':
      return end.sipStatus === 404
        ? 'Nobody is reached under that number (404).'
        : `The hub refused the call (${end.sipStatus}).`
    case 'expired':
    case 'noAck':
    case 'noResponse':
    case 'transportFailed':
      return 'The hub did not answer. Is it running? npm run hub -- status'
    default:
      return unreachable(end.how)
  }
}
