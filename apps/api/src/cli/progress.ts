import type { OnProgress, Progress } from '@centralino/event-store'

/** Where it is shown: a terminal, on which one line is written anew, or a file or pipe, which gets a line now and then. */
export type Shown = { readonly isTTY?: boolean; readonly write: (text: string) => unknown }

const ON_TERMINAL_EVERY_MILLISECONDS = 100
const ELSEWHERE_EVERY_MILLISECONDS = 5_000
const BAR_CHARACTERS = 24

const WORDS = {
  export: 'events written',
  verify: 'bytes checked',
  compare: 'events there already',
  load: 'events loaded',
  prove: 'events read back and compared',
  blobs: 'files copied',
  copy: 'pages copied',
} as const satisfies Record<Progress['step'], string>

/** Shows the progress of long work beside what the command says. `end` takes the last line off a terminal. */
export const createProgress = (
  shown: Shown = process.stderr,
  now: () => number = performance.now.bind(performance),
): { readonly on: OnProgress; readonly end: () => void } => {
  const every = shown.isTTY === true ? ON_TERMINAL_EVERY_MILLISECONDS : ELSEWHERE_EVERY_MILLISECONDS
  let step: Progress['step'] | null = null
  let began = { at: now(), done: 0 }
  let told = began.at
  const erase = (): void => {
    if (shown.isTTY === true) shown.write('\r\u001b[K')
  }
  return {
    on: (progress) => {
      const at = now()
      if (progress.step !== step) {
        step = progress.step
        // What an import finds there already is not this one's rate.
        began = { at, done: progress.done }
      }
      if (at - told < every) return
      told = at
      erase()
      const line = lineOf(progress, at - began.at, progress.done - began.done)
      shown.write(shown.isTTY === true ? barOf(progress) + line : `${line}\n`)
    },
    end: erase,
  }
}

const lineOf = ({ step, done, of }: Progress, milliseconds: number, doneIn: number): string => {
  const total = of === null ? '' : ` of ${of.toLocaleString('en')}`
  const rate =
    milliseconds < 1_000 ? '' : `, ${Math.round((doneIn / milliseconds) * 1_000).toLocaleString('en')}/s`
  return `${done.toLocaleString('en')}${total} ${WORDS[step]}${rate}`
}

const barOf = ({ done, of }: Progress): string => {
  if (of === null || of === 0) return ''
  const full = Math.min(BAR_CHARACTERS, Math.floor((done / of) * BAR_CHARACTERS))
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_CHARACTERS - full)}] `
}
