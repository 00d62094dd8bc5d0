import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { SetupError, say, step } from './progress.mjs'
import { run } from './run.mjs'

/** Programs that nobody here wrote and that the tests talk to. Debian's package names. */
export const PEERS = [
  { name: 'SIPp', binary: 'sipp', packages: ['sip-tester'] },
  { name: 'baresip', binary: 'baresip', packages: ['baresip-core'] },
  { name: 'Chromium', binary: 'chromium', packages: ['chromium'] },
  { name: 'Dovecot', binary: 'dovecot', packages: ['dovecot-core', 'dovecot-imapd', 'dovecot-lmtpd'] },
  { name: 'Postfix', binary: 'postfix', packages: ['postfix'] },
]

const onPath = (/** @type {string} */ binary) =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'].some((folder) => {
    try {
      accessSync(join(folder, binary), constants.X_OK)
      return true
    } catch {
      return false
    }
  })

export const missingPeers = () => PEERS.filter((peer) => !onPath(peer.binary))

/** @param {typeof PEERS} peers */
export const installCommand = (peers) =>
  `apt-get install -y --no-install-recommends ${peers.flatMap((peer) => peer.packages).join(' ')}`

/** Installs what is missing with apt-get; for CI, as root. */
export const installPeers = async () => {
  const missing = missingPeers()
  if (missing.length === 0) return
  await step(`Installing ${missing.map((peer) => peer.name).join(', ')}`, async () => {
    // Without an answer Postfix's package asks what kind of mail server this is.
    spawnSync('debconf-set-selections', {
      input: 'postfix postfix/main_mailer_type select No configuration\n',
    })
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const code =
      (await run('apt-get', ['update', '-q'], { env, log: '/dev/null' })) ||
      (await run('bash', ['-c', installCommand(missing)], { env, log: '/dev/null' }))
    if (code !== 0)
      throw new SetupError(
        `The test peers could not be installed. Run this by hand to see why:\n  ${installCommand(missing)}`,
      )
  })
}

/** Says which peers are missing, and the one command that installs them. */
export const reportMissingPeers = () => {
  const missing = missingPeers()
  if (missing.length === 0) return
  say(
    `\nNot on this machine: ${missing.map((peer) => peer.name).join(', ')}. To install them:\n  sudo ${installCommand(missing)}`,
  )
}
