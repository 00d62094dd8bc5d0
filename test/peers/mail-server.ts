import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { eventually } from '../world/eventually.ts'
import { freePorts } from './free-ports.ts'
import {
  DOMAIN,
  dovecotConf,
  dovecotUsers,
  type MailServerPlace,
  postfixMain,
  postfixMaster,
  USERS,
} from './mail-server-config.ts'

const execute = promisify(execFile)
/** Starts a daemon: its children keep our pipes, so it gets none, and only the first process is waited for. */
const launch = (command: string, args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore' })
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`)),
    )
  })
const UP_WITHIN_MS = 20_000
const MAIL_WITHIN_MS = 20_000

/** Both daemons change users, so they need root to start. */
export const hasMailServer =
  existsSync('/usr/sbin/dovecot') && existsSync('/usr/sbin/postfix') && userInfo().uid === 0

export type MailServer = AsyncDisposable & {
  /** For the hub. */
  readonly imapUrl: string
  readonly smtpUrl: string
  /** A customer writes: by SMTP, as any mail program would. */
  send(mail: SendMailOptions): Promise<void>
  /** The same, byte for byte. */
  sendRaw(from: string, to: string, raw: Buffer | string): Promise<void>
  /** Mails in a user's mailbox as they lie on disk, once there are at least `count`. */
  mailsOf(user: keyof typeof USERS, count: number): Promise<readonly string[]>
  /** Postfix tries at once what waits in its queue. */
  flush(): Promise<void>
  stop(part: 'imap' | 'smtp'): Promise<void>
  start(part: 'imap' | 'smtp'): Promise<void>
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

const until = (what: string, look: () => Promise<boolean>): Promise<boolean> =>
  eventually(what, look, (isSo) => isSo, UP_WITHIN_MS)

const writeConfiguration = async (place: MailServerPlace): Promise<void> => {
  const { folder } = place
  await chmod(folder, 0o755)
  await Promise.all(
    ['dovecot/state', 'postfix/queue', 'postfix/data', 'maildir'].map((name) =>
      mkdir(join(folder, name), { recursive: true }),
    ),
  )
  await execute('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', `/CN=mail.${DOMAIN}`, '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')],
  ])
  await writeFile(join(folder, 'dovecot.conf'), dovecotConf(place))
  await writeFile(join(folder, 'users'), dovecotUsers())
  await writeFile(join(folder, 'postfix', 'main.cf'), postfixMain(place))
  await writeFile(join(folder, 'postfix', 'master.cf'), postfixMaster(place))
  await execute('chown', ['mail:mail', join(folder, 'maildir')])
  await execute('chown', ['postfix', join(folder, 'postfix', 'data')])
}

/** A real mail server, Dovecot and Postfix, on loopback ports of its own. */
export const startMailServer = async (): Promise<MailServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-mail-'))
  const [imaps = 0, lmtp = 0, auth = 0, smtp = 0, submission = 0] = await freePorts(5)
  const place: MailServerPlace = { folder, ports: { imaps, lmtp, auth, smtp, submission } }
  await writeConfiguration(place)

  const dovecot = ['-c', join(folder, 'dovecot.conf')]
  const postfix = ['-c', join(folder, 'postfix')]
  const flush = () => launch('/usr/sbin/postfix', [...postfix, 'flush'])
  const start: MailServer['start'] = async (part) => {
    if (part === 'imap') {
      await launch('/usr/sbin/dovecot', dovecot)
      await until('Dovecot listens', () => answers(imaps))
      // Postfix would let what came meanwhile wait for minutes.
      if (await answers(submission)) await flush()
    } else {
      await launch('/usr/sbin/postfix', [...postfix, 'start'])
      await until('Postfix listens', async () => (await answers(smtp)) && (await answers(submission)))
    }
  }
  const stop: MailServer['stop'] = async (part) => {
    if (part === 'imap') {
      const pid = Number(await readFile(join(folder, 'dovecot', 'master.pid'), 'utf8'))
      process.kill(pid, 'SIGTERM')
      await until(
        'Dovecot ends',
        async () => !(await answers(imaps)) && !existsSync(join(folder, 'dovecot', 'master.pid')),
      )
    } else {
      await launch('/usr/sbin/postfix', [...postfix, 'stop'])
      await until('Postfix ends', async () => !(await answers(submission)))
    }
  }
  await start('imap')
  await start('smtp')

  const customer = createTransport({ host: '127.0.0.1', port: smtp, secure: false, ignoreTLS: true })
  return {
    imapUrl: `imaps://support:${USERS.support}@127.0.0.1:${imaps}/INBOX?verify=no`,
    smtpUrl: `smtp://support:${USERS.support}@127.0.0.1:${submission}?verify=no`,
    send: async (mail) => {
      await customer.sendMail(mail)
    },
    sendRaw: async (from, to, raw) => {
      await customer.sendMail({ envelope: { from, to }, raw })
    },
    mailsOf: async (user, count) => {
      const inbox = join(folder, 'maildir', user)
      const list = async (): Promise<readonly string[]> => {
        const names = await Promise.all(
          ['new', 'cur'].map(async (sub) =>
            existsSync(join(inbox, sub))
              ? (await readdir(join(inbox, sub))).map((name) => join(inbox, sub, name))
              : [],
          ),
        )
        return names.flat()
      }
      const paths = await eventually(
        `${count} mails for ${user}`,
        list,
        (found) => found.length >= count,
        MAIL_WITHIN_MS,
      )
      return Promise.all(paths.toSorted().map((path) => readFile(path, 'utf8')))
    },
    flush,
    start,
    stop,
    [Symbol.asyncDispose]: async () => {
      customer.close()
      await stop('smtp').catch(() => {})
      await stop('imap').catch(() => {})
      await rm(folder, { recursive: true, force: true })
    },
  }
}
