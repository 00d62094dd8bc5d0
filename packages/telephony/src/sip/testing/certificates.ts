import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Certificates of an authority made for one test. */
export type TestCertificates = AsyncDisposable & {
  readonly folder: string
  readonly authoritiesFile: string
  /** Signs one for a name or a numeric address; overwrites what was there under the same `file`. */
  issue(
    file: string,
    subject: string,
  ): Promise<{ readonly certificateFile: string; readonly keyFile: string }>
}

/** Made by the `openssl` of the PATH: elliptic curves, valid for a day. */
export const createTestCertificates = async (): Promise<TestCertificates> => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-tls-'))
  const openssl = (...parameters: readonly string[]) => run('openssl', [...parameters], { cwd: folder })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '1',
    '-subj',
    '/CN=test',
  )
  return {
    folder,
    authoritiesFile: join(folder, 'ca.pem'),
    issue: async (file, subject) => {
      const name = /^[\d.]+$/.test(subject) ? `IP:${subject}` : `DNS:${subject}`
      const [key, signing, cert] = [`${file}.key`, `${file}.csr`, `${file}.pem`]
      await openssl(
        'req',
        ...newKey,
        '-keyout',
        key,
        '-out',
        signing,
        '-subj',
        `/CN=${subject}`,
        '-addext',
        `subjectAltName=${name}`,
      )
      await openssl(
        'x509',
        '-req',
        '-in',
        signing,
        '-CA',
        'ca.pem',
        '-CAkey',
        'ca.key',
        '-CAcreateserial',
        '-days',
        '1',
        '-copy_extensions',
        'copy',
        '-out',
        cert,
      )
      return { certificateFile: join(folder, cert), keyFile: join(folder, key) }
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
