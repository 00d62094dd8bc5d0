import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFolderTransport } from './folder-transport.ts'
import { mailTransportContract } from './mail-transport.contract.ts'

mailTransportContract('folder', async () => {
  const place = await mkdtemp(join(tmpdir(), 'centralino-outbox-'))
  const folder = join(place, 'outbox')
  const aside = join(place, 'aside')
  const transport = createFolderTransport(folder)
  const mails = async (from: string) =>
    Promise.all((await readdir(from)).map((name) => readFile(join(from, name), 'utf8')))
  return {
    transport,
    from: 'support@linfa.test',
    to: 'giulia@posta.example',
    arrived: async () => [...(await mails(folder)), ...(await mails(aside).catch(() => []))],
    breakDown: async () => {
      await mkdir(aside, { recursive: true })
      for (const name of await readdir(folder))
        await writeFile(join(aside, name), await readFile(join(folder, name)))
      await rm(folder, { recursive: true })
      await writeFile(folder, 'a file where the folder was')
    },
    mend: () => rm(folder),
    [Symbol.asyncDispose]: async () => {
      await transport[Symbol.asyncDispose]()
      await rm(place, { recursive: true })
    },
  }
})
