import { createBlobStore } from '../../blobs/create-blob-store.ts'
import { importBundle } from '../import-bundle.ts'
import { openLogLoader } from '../open-log-loader.ts'

/** `node import-process.ts <bundle> <url> <blobs>`: imports, and writes the step of each progress on a line, straight to the pipe. */
const [from = '', url = '', blobs = ''] = process.argv.slice(2)
await importBundle({
  from,
  openLoader: () => openLogLoader(url),
  openBlobs: () => createBlobStore(blobs),
  saveCheckpoint: () => Promise.resolve(),
  onProgress: ({ step }) => process.stdout.write(`${step}\n`),
})
