import {
  type EventPlace,
  type Finding,
  type Verified,
  type VerifyOptions,
  verifyLog,
} from '../ledger/verify-log.ts'
import { isBundleError } from './bundle-error.ts'
import { type LenientEvents, type LinePlace, lenientEvents, type Unreadable } from './lenient-events.ts'
import { MANIFEST, type Manifest, readManifest } from './manifest.ts'
import type { OnProgress } from './progress.ts'
import { verifyBundle } from './verify-bundle.ts'

export type BundleFinding =
  | Finding
  /** The first line that is no event; `after` is the event before it, null when there is none. */
  | (Unreadable & { readonly what: 'unreadable'; readonly after: EventPlace | null })
  /** The first event whose position does not follow the one before it. */
  | (LinePlace & { readonly what: 'disordered' })
  /** A file is not what the manifest says, and no event tells more: whatever was altered in it is not sealed. */
  | { readonly what: 'fileAltered'; readonly path: string; readonly reason: string }

export type BundleVerified = Omit<Verified, 'finding'> & { readonly finding: BundleFinding | null }

/**
 * Says whether a bundle is the log that its checkpoints were signed over, as {@link verifyLog} does of a store, with nothing
 * but the bundle and what the auditor holds. The manifest's hashes, which nobody signed, are believed last: an event is
 * named before its file is. Throws `NOT_A_BUNDLE` or `LATER_FORMAT`.
 */
export const verifyBundledLog = async (
  options: Omit<VerifyOptions, 'pages'> & { readonly bundle: string; readonly onFiles?: OnProgress },
): Promise<BundleVerified> => {
  const { bundle, onFiles } = options
  const manifest = await readManifest(bundle)
  const altered = await alteredFile(bundle, onFiles)
  const events = lenientEvents(bundle, manifest)
  const verified = await verifyLog({ ...options, pages: events.pages() })
  const { unreadable, disordered } = events.told()
  const { finding, last } = verified
  // A log that was read to an unreadable line only seems cut off.
  if (unreadable !== null && (finding === null || finding.what === 'truncated'))
    return { ...verified, finding: { what: 'unreadable', ...unreadable, after: last } }
  if (finding !== null) return { ...verified, finding }
  if (disordered !== null) return { ...verified, finding: { what: 'disordered', ...disordered } }
  return { ...verified, finding: altered ?? otherThanTold(manifest, events.told()) }
}

type FileAltered = Extract<BundleFinding, { what: 'fileAltered' }>

const alteredFile = async (bundle: string, onFiles: OnProgress | undefined): Promise<FileAltered | null> => {
  try {
    await verifyBundle(bundle, onFiles)
    return null
  } catch (error) {
    if (isBundleError(error, 'BUNDLE_DAMAGED')) return { what: 'fileAltered', ...error.data }
    throw error
  }
}

const otherThanTold = (
  { events }: Manifest,
  { count, firstPosition, lastPosition }: ReturnType<LenientEvents['told']>,
): FileAltered | null => {
  if (events.count !== count) return { what: 'fileAltered', path: MANIFEST, reason: 'COUNT' }
  return events.firstPosition === firstPosition && events.lastPosition === lastPosition
    ? null
    : { what: 'fileAltered', path: MANIFEST, reason: 'POSITIONS' }
}
