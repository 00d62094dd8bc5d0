/** How far a long piece of work is, told often; who shows it chooses when. */
export type Progress = {
  /**
   * `export`: events written. `verify`: bytes of the bundle checked. `compare`: events that were there already. `load`: events
   * put into the store. `prove`: events read back and found equal. `blobs`: blobs copied. `copy`: pages of the log copied.
   */
  readonly step: 'export' | 'verify' | 'compare' | 'load' | 'prove' | 'blobs' | 'copy'
  readonly done: number
  /** Null: not known beforehand. */
  readonly of: number | null
}

export type OnProgress = (progress: Progress) => void
