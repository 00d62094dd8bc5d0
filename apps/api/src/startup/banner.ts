import { DEMO_LOGINS, DEMO_NUMBERS, DEMO_PASSWORD } from '../demo/people.ts'
import type { Hub } from '../hub.ts'

/** What the banner tells of. */
export type Announced = Pick<Hub, 'mode' | 'url' | 'sip' | 'firstAdmin'>

/** Said once, when all is up: where to look, who may sign in, how to make a call, what is not as it should be. */
export const bannerOf = (hub: Announced, warnings: readonly string[] = []): string => {
  const lines = [`Centralino is ready: ${hub.url}`, '']
  if (hub.mode === 'demo') lines.push(...demoLines(hub))
  else lines.push(...productionLines(hub))
  for (const warning of warnings) lines.push('', `Warning: ${warning}`)
  lines.push('', 'Ctrl-C stops it.', '')
  return lines.join('\n')
}

const demoLines = ({ sip }: Announced): string[] => [
  `Sign in with the password ${DEMO_PASSWORD}`,
  ...DEMO_LOGINS.map(({ email, name, role }) => `  ${email.padEnd(24)} ${name}, ${role}`),
  '',
  'Make a call: be ready as Sofia in the console, then',
  '  npm run demo:call',
  `or with a SIP phone: ${DEMO_NUMBERS.map(({ number, queue }) => `sip:${number}@${sip.address}:${sip.port} (${queue})`).join(', ')}`,
]

const productionLines = ({ sip, firstAdmin }: Announced): string[] => [
  `Calls arrive at ${sip.address}:${sip.port} (SIP over UDP and TCP${sip.tlsPort === undefined ? '' : `, over TLS at port ${sip.tlsPort}`}).`,
  ...firstAdminLines(firstAdmin),
]

/** Who may sign in to a hub that nobody has set up yet; nothing for one that is set up. */
export const firstAdminLines = (firstAdmin: Hub['firstAdmin']): string[] => {
  if (firstAdmin === null) return []
  const { email, oneTimePassword } = firstAdmin
  if (oneTimePassword === null) {
    return [
      '',
      `The first administrator, ${email}, has not signed in yet.`,
      `Is the one-time password lost? npm run hub -- new-password ${email}`,
    ]
  }
  return [
    '',
    'The first administrator, shown this once:',
    `  e-mail             ${email}`,
    `  one-time password  ${oneTimePassword}`,
    'Sign in with it and choose a password of your own; nothing else is open until then.',
  ]
}
