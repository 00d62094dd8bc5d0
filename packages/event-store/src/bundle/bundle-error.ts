/** What each code of the bundle's errors tells beside its name; `reason` is a literal word, `path` is within the bundle unless it is absolute. */
export type BundleErrorData = {
  /** Something is there already; it was left as it is. */
  TARGET_EXISTS: { readonly path: string }
  /** No folder with a manifest of ours. */
  NOT_A_BUNDLE: { readonly path: string; readonly reason: string }
  /** Written by a later version of Centralino than this one can read. */
  LATER_FORMAT: { readonly formatVersion: number }
  /** A file is not what the manifest says, or is missing. */
  BUNDLE_DAMAGED: { readonly path: string; readonly reason: string }
  /** An event of the log is not as a hub writes it: an import could not give back its bytes. */
  EVENT_ALTERED: { readonly position: string }
  /** A file of the blob store is not what its name says: it cannot go into a bundle. */
  BLOB_DAMAGED: { readonly sha256: string }
  /** The store holds other events than the bundle's beginning; nothing was written. `position` is the first such one. */
  STORE_NOT_EMPTY: { readonly position: string | null }
  /** Somebody else appends to the store while it is loaded. */
  STORE_IN_USE: { readonly stream: string }
}

export type BundleErrorCode = keyof BundleErrorData

/** Why a log could not be exported, imported or copied; judge it by `code`, never by its message. */
export class BundleError<Code extends BundleErrorCode = BundleErrorCode> extends Error {
  override readonly name = 'BundleError'
  readonly code: Code
  readonly data: BundleErrorData[Code]

  constructor(code: Code, data: BundleErrorData[Code], options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(data)}`, options)
    this.code = code
    this.data = data
  }
}

/** True for an error of a bundle; with `code`, for that one only, and narrows `data` to what it carries. */
export const isBundleError = <Code extends BundleErrorCode = BundleErrorCode>(
  error: unknown,
  code?: Code,
): error is BundleError<Code> =>
  error instanceof BundleError && (code === undefined || (error.code as BundleErrorCode) === code)
