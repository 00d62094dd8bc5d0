import type { Instant } from '@centralino/domain'
import { toInstant } from '@centralino/domain'
import { ImapFlow } from 'imapflow'
import type { StateFile } from '../../../reactors/state-file.ts'
import type { Clock } from '../../../time/clock.ts'
import { reconnectDelayMilliseconds } from '../back-off.ts'
import { imapOptions } from './imap-options.ts'
import type { Mailbox, MailboxListener, MailboxStatus } from './mailbox.ts'
import type { MailboxPlace } from './mailbox-place.ts'

export type ImapMailboxOptions = MailboxListener & {
  readonly url: string
  readonly place: StateFile<MailboxPlace>
  readonly clock: Clock
}

/** A mail that fails is tried again after this long, while the connection stays. */
const RETRY_MILLISECONDS = 30_000

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'UNKNOWN'
  const { authenticationFailed, code } = error as Error & { authenticationFailed?: boolean; code?: string }
  return authenticationFailed === true ? 'AUTHENTICATION_FAILED' : (code ?? 'CONNECTION_LOST')
}

/**
 * INTERNALDATE has whole seconds (RFC 3501 §2.3.3): the end of its second, so that a quick answer never stands before the
 * mail that it answers; never later than now.
 */
const arrivalOf = (internalDate: Date | string | undefined, now: Instant): Instant => {
  const second = internalDate === undefined ? Number.NaN : new Date(internalDate).getTime()
  if (Number.isNaN(second)) return now
  const end = toInstant(Temporal.Instant.fromEpochMilliseconds(second + 999))
  return end < now ? end : now
}

/**
 * Reads a mailbox as mails arrive (IDLE, RFC 2177): each mail is handed over in order of its UID and marked as seen once
 * it is in the log. The place is kept beside the log and moves only past mails that were filed or told to be passed over,
 * so a crash brings a mail again and never skips one. A lost connection is made again with growing waits, for ever.
 */
export const createImapMailbox = (options: ImapMailboxOptions): Mailbox => {
  const { clock, onStatus } = options
  const { client: clientOptions, mailbox } = imapOptions(options.url)
  let status: MailboxStatus = { status: 'connecting' }
  let client: ImapFlow | null = null
  let stopped = false
  let callOffReconnect = () => {}
  let callOffRetry = () => {}
  let reading: Promise<void> = Promise.resolve()
  let attempts = 0

  const become = (next: MailboxStatus) => {
    status = next
    onStatus(next)
  }

  /** UIDs still to be read, in order. On a first visit: what nobody has read yet. */
  const unread = async (connected: ImapFlow): Promise<{ place: MailboxPlace; uids: readonly number[] }> => {
    if (connected.mailbox === false || connected.mailbox === undefined) throw new Error('no mailbox is open')
    const uidValidity = String(connected.mailbox.uidValidity)
    const saved = await options.place.load()
    const place = saved?.uidValidity === uidValidity ? saved : { uidValidity, lastUid: 0 }
    const query = place.lastUid === 0 ? { seen: false } : { uid: `${place.lastUid + 1}:*` }
    const found = (await connected.search(query, { uid: true })) || []
    // `n:*` always names the last mail too, even when its UID is lower (RFC 3501 §9, seq-range).
    return { place, uids: found.filter((uid) => uid > place.lastUid).toSorted((a, b) => a - b) }
  }

  const bring = async (connected: ImapFlow, uid: number): Promise<void> => {
    const facts = await connected.fetchOne(String(uid), { uid: true, internalDate: true }, { uid: true })
    // Expunged by somebody else meanwhile.
    if (!facts) return
    const download = await connected.download(String(uid), undefined, { uid: true })
    if (!('content' in download) || download.content === undefined) return
    const receivedAt = arrivalOf(facts.internalDate, clock.now())
    await options.onMail({ content: download.content, receivedAt })
    await connected.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true })
  }

  const readOn = async (connected: ImapFlow): Promise<void> => {
    for (;;) {
      const { place, uids } = await unread(connected)
      if (uids.length === 0) return
      for (const uid of uids) {
        if (stopped || client !== connected) return
        try {
          await bring(connected, uid)
        } catch (error) {
          if (!connected.usable) throw error
          if (options.onRefused(uid, error) === 'again') {
            callOffRetry()
            callOffRetry = clock.after(RETRY_MILLISECONDS, () => read(connected))
            return
          }
        }
        await options.place.save({ uidValidity: place.uidValidity, lastUid: uid })
      }
    }
  }

  const read = (connected: ImapFlow) => {
    reading = reading.then(async () => {
      if (stopped || client !== connected) return
      try {
        await readOn(connected)
        // Not awaited: IDLE lasts until the next command. Its failure is the connection's, which says so itself (`lose`).
        if (!stopped && client === connected) connected.idle().catch(() => {})
      } catch (error) {
        lose(connected, error)
      }
    })
  }

  const lose = (lost: ImapFlow, error: unknown) => {
    if (client !== lost) return
    client = null
    callOffRetry()
    lost.close()
    if (stopped) return
    attempts += 1
    become({ status: 'away', code: codeOf(error) })
    callOffReconnect = clock.after(reconnectDelayMilliseconds(attempts), () => void connect())
  }

  const connect = async (): Promise<void> => {
    if (stopped) return
    const connecting = new ImapFlow(clientOptions)
    client = connecting
    connecting.on('error', (error: unknown) => lose(connecting, error))
    connecting.on('close', () => lose(connecting, new Error('closed')))
    connecting.on('exists', () => read(connecting))
    try {
      await connecting.connect()
      await connecting.mailboxOpen(mailbox)
      attempts = 0
      become({ status: 'up' })
      read(connecting)
    } catch (error) {
      lose(connecting, error)
    }
  }

  return {
    start: () => void connect(),
    status: () => status,
    [Symbol.asyncDispose]: async () => {
      stopped = true
      callOffReconnect()
      callOffRetry()
      const last = client
      await reading
      client = null
      last?.close()
      become({ status: 'stopped' })
    },
  }
}
