import type { BlobStore } from '@centralino/event-store'

/** A stored text whole; throws when it is not there. For texts of ours: their size was bounded when they were written. */
export const readAllText = async (blobs: Pick<BlobStore, 'get'>, sha256: string): Promise<string> => {
  const stored = await blobs.get(sha256)
  if (stored === null) throw new Error(`no stored text ${sha256}`)
  const chunks: Buffer[] = []
  for await (const chunk of stored) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
