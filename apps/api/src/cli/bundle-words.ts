import {
  type BundleError,
  type BundleErrorCode,
  type BundleErrorData,
  isBundleError,
} from '@centralino/event-store'
import { CannotDo } from './command.ts'

/** What happened and the next step, for a person. */
const WORDS: { readonly [Code in BundleErrorCode]: (data: BundleErrorData[Code]) => string } = {
  TARGET_EXISTS: ({ path }) => `${path} is there already, and was left as it is. Choose another name.`,
  NOT_A_BUNDLE: ({ path, reason }) =>
    `${path} is no bundle (${reason}). Name the folder that \`npm run hub -- export\` made, the one with manifest.json in it.`,
  LATER_FORMAT: ({ formatVersion }) =>
    `A later Centralino wrote the bundle (format ${formatVersion}). Import it with that one.`,
  BUNDLE_DAMAGED: ({ path, reason }) =>
    `The bundle is damaged at ${path} (${reason}). Copy it here again, or export it anew.`,
  EVENT_ALTERED: ({ position }) =>
    `The event at ${position} was altered in the log's file. \`npm run hub -- verify\` says more; go back to a copy from before.`,
  BLOB_DAMAGED: ({ sha256 }) =>
    `blobs/${sha256.slice(0, 2)}/${sha256.slice(2)} is not what its name says: the disk or somebody altered it. Put it back from a copy, or move it away to go without it.`,
  STORE_NOT_EMPTY: ({ position }) =>
    position === null
      ? 'There is a log already, and it was left as it is. Import into another HUB_DATA_DIR, or move log.db and what stands beside it away.'
      : `The store holds other events than the bundle (the first at ${position}), and was left as it is. Import into an empty one; where an import of another bundle was broken off, remove log.db-importing.`,
  STORE_IN_USE: ({ stream }) =>
    `Somebody else appended to the store meanwhile (${stream}). Stop every hub on it, and import into a store that is empty again.`,
}

/** The same error in words, where it is one of a bundle's. */
export const bundleWords = (error: unknown): unknown =>
  isBundleError(error) ? new CannotDo(wordsOf(error)) : error

const wordsOf = <Code extends BundleErrorCode>({ code, data }: BundleError<Code>): string => WORDS[code](data)
