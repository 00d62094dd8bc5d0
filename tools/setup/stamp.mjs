import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/**
 * SHA-256 over names and contents of files and folders: when it is the same, so is what was made from them.
 * @param {readonly string[]} paths
 * @param {readonly string[]} [without] folder and file names passed over
 */
export const fingerprint = (paths, without = []) => {
  const hash = createHash('sha256')
  const visit = (/** @type {string} */ base, /** @type {string} */ path) => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) if (!without.includes(name)) visit(base, join(path, name))
    } else {
      hash.update(relative(base, path)).update('\0').update(readFileSync(path)).update('\0')
    }
  }
  for (const path of paths) visit(dirname(path), path)
  return hash.digest('hex')
}

/** @param {string} file */
export const readStamp = (file) => {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}

/** @param {string} file @param {string} value */
export const writeStamp = (file, value) => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${value}\n`)
}
