import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeTone, program, readWav, startBaresip, writeWav } from '@centralino/telephony/testing'
import { BILLING } from './caller.ts'
import type { HubProcess } from './hub-process.ts'

export const baresip = program('baresip', 'apt-get install --no-install-recommends baresip-core')

export type RealPhone = AsyncDisposable & {
  hold(): void
  resume(): void
  hangUp(): void
  /** All that it has heard in its call, 8 kHz, by its own recording. */
  heard(): Promise<Int16Array>
}

const SAYS_SECONDS = 120

/** baresip, a phone that nobody here wrote: calls the hub from `number`, saying a tone. */
export const dialWithBaresip = async (
  hub: Pick<HubProcess, 'sip'>,
  options: { readonly number: string; readonly toneHz: number },
): Promise<RealPhone> => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-phone-'))
  const says = join(folder, 'says.wav')
  await writeFile(says, writeWav({ sampleRate: 8_000, samples: makeTone(options.toneHz, SAYS_SECONDS) }))
  const phone = await startBaresip(baresip.path ?? '', { user: options.number, says, records: true })
  phone.command('dial', `sip:${BILLING}@${hub.sip.address}:${hub.sip.port}`)
  return {
    hold: () => phone.command('hold'),
    resume: () => phone.command('resume'),
    hangUp: () => phone.command('hangup'),
    heard: async () => {
      const [recording] = (await readdir(phone.folder)).filter((name) => name.endsWith('-dec.wav'))
      if (recording === undefined) return new Int16Array()
      return readWav(await readFile(join(phone.folder, recording))).samples
    },
    [Symbol.asyncDispose]: async () => {
      await phone[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
