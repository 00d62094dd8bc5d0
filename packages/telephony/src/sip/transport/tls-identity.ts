import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import type { Clock } from '../../clock/clock.ts'

/** A certificate with its chain, and its private key: PEM. */
export type Certificate = { readonly cert: Buffer; readonly key: Buffer }

/** Who we are over TLS, as it stands now. */
export type TlsIdentity = {
  current(): Certificate
  onChanged(listener: (certificate: Certificate) => void): void
  /** Whom we believe where we connect; null: the authorities that Node brings. */
  readonly authorities: Buffer | null
}

export type CertificateFiles = {
  readonly certificateFile: string
  readonly keyFile: string
  readonly authoritiesFile: string | null
}

export type WatchedIdentity = TlsIdentity &
  Disposable & {
    /** Reads the files again: true when a new certificate is in force. */
    reload(): Promise<boolean>
  }

export type WatchOptions = {
  readonly clock: Clock
  /** A renewed certificate is in force, or what the files hold is none: the old one stays in force. */
  readonly onReloaded: () => void
  readonly onBroken: (error: unknown) => void
}

const LOOK_AGAIN_MILLISECONDS = 10_000

/**
 * Reads certificate and key, and again each ten seconds: whoever renews them need not tell us. Connections that stand keep
 * theirs. Rejects where the files cannot be read, or do not belong together.
 */
export const watchCertificateFiles = async (
  files: CertificateFiles,
  { clock, onReloaded, onBroken }: WatchOptions,
): Promise<WatchedIdentity> => {
  let certificate = await readCertificate(files)
  const authorities = files.authoritiesFile === null ? null : await readFile(files.authoritiesFile)
  if (authorities !== null) createSecureContext({ ca: authorities })
  const listeners: ((certificate: Certificate) => void)[] = []
  /** Told once for each fault, not each ten seconds. */
  let told: string | null = null
  let cancel: () => void = () => undefined
  let watching = true

  const reload = async (): Promise<boolean> => {
    let read: Certificate
    try {
      read = await readCertificate(files)
    } catch (error) {
      // Certificate and key are seldom written in one step: often the next look finds them whole.
      const fault = String(error)
      if (told !== fault) onBroken(error)
      told = fault
      return false
    }
    told = null
    if (read.cert.equals(certificate.cert) && read.key.equals(certificate.key)) return false
    certificate = read
    for (const listener of listeners) listener(read)
    onReloaded()
    return true
  }
  const look = (): void => {
    cancel = clock.setTimer(LOOK_AGAIN_MILLISECONDS, () => {
      void reload()
        .catch(onBroken)
        .then(() => {
          if (watching) look()
        })
    })
  }
  look()

  return {
    current: () => certificate,
    onChanged: (listener) => listeners.push(listener),
    authorities,
    reload,
    [Symbol.dispose]: () => {
      watching = false
      cancel()
    },
  }
}

const readCertificate = async (files: CertificateFiles): Promise<Certificate> => {
  const [cert, key] = await Promise.all([readFile(files.certificateFile), readFile(files.keyFile)])
  // Throws on what is no PEM, and where the key is another's.
  createSecureContext({ cert, key })
  return { cert, key }
}
