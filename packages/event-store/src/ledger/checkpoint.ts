import { HASH_BYTES } from './merkle-tree.ts'
import { type CheckpointSigner, isSignedBy } from './signing-key.ts'

/** What a checkpoint says: the log named `origin` had `size` events, and their tree this root. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Buffer }

/** The signed note that says so (C2SP tlog-checkpoint, signed-note): text that an auditor can keep, mail or print. */
export const signCheckpoint = ({ origin, size, root }: Checkpoint, signer: CheckpointSigner): string => {
  const text = `${origin}\n${size}\n${root.toString('base64')}\n`
  return `${text}\n${signer.signatureOf(text)}\n`
}

/** Reads a note, whoever signed it; null for what is none. */
export const parseCheckpoint = (note: string): Checkpoint | null => {
  const [origin, size, base64] = partsOf(note).text.split('\n')
  if (origin === undefined || origin === '' || !/^(0|[1-9]\d*)$/.test(size ?? '')) return null
  const root = Buffer.from(base64 ?? '', 'base64')
  if (root.length !== HASH_BYTES || root.toString('base64') !== base64) return null
  return Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root } : null
}

/** Reads a note that the holder of `verifierKey` signed; null for any other. */
export const openCheckpoint = (note: string, verifierKey: string): Checkpoint | null => {
  const { text, signatures } = partsOf(note)
  return isSignedBy(text, signatures, verifierKey) ? parseCheckpoint(note) : null
}

/** The signed text ends with the line feed before the last empty line. */
const partsOf = (note: string): { readonly text: string; readonly signatures: readonly string[] } => {
  const end = note.lastIndexOf('\n\n')
  if (end < 0) return { text: '', signatures: [] }
  return {
    text: note.slice(0, end + 1),
    signatures: note
      .slice(end + 2)
      .trimEnd()
      .split('\n'),
  }
}
