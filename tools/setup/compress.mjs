import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Pictures and fonts are compressed as they are. */
const TEXTS = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt'])

/** Below this many bytes, headers are the larger part of an answer. */
const WORTHWHILE_BYTES = 1_024

/**
 * Puts a compressed twin beside each text of a folder (`page.html.br`, `page.html.gz`), as small as it gets: a browser then
 * loads it without the hub's compressing it at every request.
 * @param {string} folder
 */
export const compressFolder = async (folder) => {
  // By name: only later versions of Node 20 say of an entry which folder it is in.
  for (const name of await readdir(folder, { recursive: true })) {
    const file = join(folder, name)
    if (!TEXTS.has(extname(name)) || !(await stat(file)).isFile()) continue
    const text = await readFile(file)
    if (text.length < WORTHWHILE_BYTES) continue
    const [br, gz] = await Promise.all([
      promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }),
      promisify(gzip)(text, { level: constants.Z_BEST_COMPRESSION }),
    ])
    await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)])
  }
}
