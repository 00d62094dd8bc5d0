import { type Finding, type Verified, type VerifyOptions, verifyLog } from '../ledger/verify-log.ts'
import { isBundleError } from './bundle-error.ts'
import { fromLine, splitLine } from './event-line.ts'
import { type LenientEvents, type LinePlace, lenientEvents, type Unreadable } from './lenient-events.ts'
import { MANIFEST, type Manifest, readManifest } from './manifest.ts'
import type { OnProgress } from './progress.ts'
import { verifyBundle } from './verify-bundle.ts'

export type BundleFinding =
  | Finding
  /** The first line that is no event. */
  | (Unreadable & { readonly what: 'unreadable' })
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
  const events = lenientEvents(bundle, manifest, splitLine)
  const verified = await verifyLog({ ...options, pages: events.pages() })
  const told = events.told()
  const finding =
    verified.finding ??
    (told.disordered === null ? null : { what: 'disordered' as const, ...told.disordered }) ??
    altered ??
    otherThanTold(manifest, told)
  if (finding === null && told.unreadable === null) return { ...verified, finding }
  const unreadable = await firstUnreadable(bundle, manifest)
  const isFirst = unreadable !== null && (unreadable.after?.place ?? -1) < lastPlaceOf(finding)
  return { ...verified, finding: isFirst ? { what: 'unreadable', ...unreadable } : finding }
}

/** The first line that is not as a hub writes it: looked for only where something is wrong, since it takes as long again. */
const firstUnreadable = async (bundle: string, manifest: Manifest): Promise<Unreadable | null> => {
  const events = lenientEvents(bundle, manifest, fromLine)
  for await (const _page of events.pages());
  return events.told().unreadable
}

/** A line that cannot be read after this one is not the first thing that does not fit. A log that is read up to such a line seems cut off. */
const lastPlaceOf = (finding: BundleFinding | null): number => {
  switch (finding?.what) {
    case 'streamBroken':
    case 'gap':
    case 'eventAltered':
    case 'checkpointInvalid':
      return finding.event.place
    case 'rangeAltered':
      return finding.last.place
    case 'heldCheckpointInvalid':
      return -1
    default:
      return Number.POSITIVE_INFINITY
  }
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
