/** Pattern for `like … escape '\'` that finds `text` anywhere, its own wildcards taken literally. */
export const containing = (text: string): string =>
  `%${text.replace(/[\\%_]/g, (special) => `\\${special}`)}%`
