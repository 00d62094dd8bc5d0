import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'

/** Something a test needs on the machine: where it is, or why the test is left out. */
export type Peer = { readonly path: string | null; readonly missing: string | null }

const peer = (path: string | null, missing: string): Peer => {
  // The test's own run says what is missing; a machine that claims to check everything must have it.
  const { CI = '' } = process.env
  if (path === null && CI !== '') throw new Error(missing)
  return { path, missing: path === null ? missing : null }
}

/** mediasoup's worker: MEDIASOUP_WORKER_BIN, else the one in the npm package. */
export const workerBinary = (): Peer => {
  const { MEDIASOUP_WORKER_BIN } = process.env
  const require = createRequire(import.meta.url)
  const packaged = join(dirname(require.resolve('mediasoup')), '../../worker/out/Release/mediasoup-worker')
  const path = [MEDIASOUP_WORKER_BIN, packaged].find((each) => each !== undefined && existsSync(each)) ?? null
  return peer(path, 'no mediasoup worker: set MEDIASOUP_WORKER_BIN')
}

/** A program of the PATH; `install` says how to get it. */
export const program = (name: string, install: string): Peer => {
  const { PATH = '' } = process.env
  const path =
    PATH.split(delimiter)
      .map((folder) => join(folder, name))
      .find((each) => existsSync(each)) ?? null
  return peer(path, `no ${name}: ${install}`)
}
