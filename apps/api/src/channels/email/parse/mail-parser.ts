import { Worker } from 'node:worker_threads'
import { LARGEST_SHOWN_BYTES } from './defects.ts'
import { type ParsedMail, parsedMail } from './parsed-mail.ts'

const ANSWER_WITHIN_MILLISECONDS = 30_000

export type MailParser = AsyncDisposable & {
  /**
   * Takes a mail apart in a thread of its own. `raw` holds the whole mail, or its beginning when it is larger than what
   * is shown (25 MiB). A mail on which the thread dies or takes over 30 s comes back with its raw form alone, as
   * `brokenMime`.
   */
  parse(raw: Uint8Array, totalBytes: number): Promise<ParsedMail>
}

const unreadable = (totalBytes: number): ParsedMail => ({
  messageId: null,
  inReplyTo: null,
  references: [],
  date: null,
  subject: '',
  from: null,
  replyTo: [],
  to: [],
  cc: [],
  deliveredTo: [],
  excerpt: '',
  text: null,
  html: null,
  attachments: [],
  deliveryReport: null,
  defects: [
    'brokenMime',
    ...(totalBytes > LARGEST_SHOWN_BYTES ? (['tooLargeToShow'] as const) : []),
    'noMessageId',
    'noSender',
  ],
})

export const createMailParser = (): MailParser => {
  let thread: Worker | null = null
  let turn: Promise<unknown> = Promise.resolve()

  const drop = async () => {
    const dropped = thread
    thread = null
    await dropped?.terminate()
  }

  const askThread = (raw: Uint8Array, totalBytes: number): Promise<ParsedMail | null> =>
    new Promise((resolve) => {
      thread ??= new Worker(new URL('./parse-thread.ts', import.meta.url), {
        resourceLimits: { maxOldGenerationSizeMb: 512 },
      })
      const asked = thread
      asked.unref()
      const settle = (answer: ParsedMail | null) => {
        clearTimeout(tooLate)
        // Only our own: Node listens too, and without its listeners the thread's next answer never arrives.
        asked.off('message', onMessage)
        asked.off('error', onEnd)
        asked.off('exit', onEnd)
        // A thread that died with nobody listening must not take the hub with it.
        if (asked.listenerCount('error') === 0) asked.on('error', () => {})
        if (answer === null) void drop()
        resolve(answer)
      }
      const tooLate = setTimeout(() => settle(null), ANSWER_WITHIN_MILLISECONDS)
      const onMessage = (message: unknown) => {
        const parsed = parsedMail.safeParse(message)
        settle(parsed.success ? parsed.data : null)
      }
      const onEnd = () => settle(null)
      asked.once('message', onMessage)
      asked.once('error', onEnd)
      asked.once('exit', onEnd)
      asked.postMessage({ raw, totalBytes })
    })

  return {
    parse: (raw, totalBytes) => {
      const answer = turn.then(async () => (await askThread(raw, totalBytes)) ?? unreadable(totalBytes))
      // Whoever asked has the failure; the next in line only waits for its end.
      turn = answer.catch(() => {})
      return answer
    },
    [Symbol.asyncDispose]: async () => {
      await turn
      await drop()
    },
  }
}
