import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { removeHubFile, runningHub, writeHubFile } from './hub-file.ts'

const HTTP = { address: '127.0.0.1', port: 8080 }
const SIP = { address: '127.0.0.1', port: 5060 }
/** Linux gives no process this number. */
const NOBODY = 2 ** 22 + 1

describe('a running hub', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-file-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('is found while its process lives', async () => {
    await writeHubFile(folder, { pid: process.pid, http: HTTP, sip: SIP })
    expect(await runningHub(folder)).toEqual({ pid: process.pid, http: HTTP, sip: SIP })
    await removeHubFile(folder)
    expect(await runningHub(folder)).toBeNull()
  })

  it('is not found in what a killed one left', async () => {
    await writeHubFile(folder, { pid: NOBODY, http: HTTP, sip: SIP })
    expect(await runningHub(folder)).toBeNull()
  })

  it.each(['', '{"pid":', '{"pid":1}', 'null'])('is not found in a file that holds %s', async (text) => {
    await writeFile(join(folder, 'hub.json'), text)
    expect(await runningHub(folder)).toBeNull()
  })
})
