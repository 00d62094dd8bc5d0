import { join } from 'node:path'
import { verifyBlobs } from './bundle-blobs.ts'
import { BundleError } from './bundle-error.ts'
import { sha256OfFile, sizeOf } from './files.ts'
import { type Manifest, readManifest } from './manifest.ts'
import type { OnProgress } from './progress.ts'

/**
 * Checks every file of a bundle against its manifest and answers it. Throws `NOT_A_BUNDLE`, `LATER_FORMAT`, or
 * `BUNDLE_DAMAGED` with the first file that does not fit.
 */
export const verifyBundle = async (
  bundle: string,
  onProgress: OnProgress = () => undefined,
): Promise<Manifest> => {
  const manifest = await readManifest(bundle)
  const of = manifest.files.reduce((sum, { bytes }) => sum + bytes, manifest.blobs.bytes)
  let done = 0
  const onBytes = (bytes: number): void => {
    done += bytes
    onProgress({ step: 'verify', done, of })
  }
  for (const { path, bytes, sha256 } of manifest.files) {
    const size = await sizeOf(join(bundle, path))
    if (size === null) throw new BundleError('BUNDLE_DAMAGED', { path, reason: 'MISSING' })
    if (size !== bytes) throw new BundleError('BUNDLE_DAMAGED', { path, reason: 'OTHER_SIZE' })
    if ((await sha256OfFile(join(bundle, path), onBytes)) !== sha256) {
      throw new BundleError('BUNDLE_DAMAGED', { path, reason: 'OTHER_CONTENT' })
    }
  }
  await verifyBlobs(bundle, manifest.blobs, onBytes)
  return manifest
}
