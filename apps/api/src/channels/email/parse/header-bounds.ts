/**
 * How much of a header is kept. Whoever writes a mail chooses its length, and one event takes no more than 1 MiB: all of
 * these together stay below that, each character at its widest in JSON.
 */
export const MOST = {
  /** Of To and of Cc each. */
  recipients: 200,
  /** An answer goes to all of them. */
  replyTo: 20,
  deliveredTo: 20,
  references: 100,
  attachments: 200,
  nameCharacters: 200,
  filenameCharacters: 200,
  /** RFC 5322 §2.1.1: a line's length. */
  subjectCharacters: 998,
} as const

/** RFC 5321 §4.5.3.1.3: a path has 256 octets, its angle brackets among them. */
const ADDRESS_OCTETS = 254
/** RFC 5322 §2.1.1: what a line of 998 leaves for a Message-ID, its angle brackets among them. */
const MESSAGE_ID_OCTETS = 992
/** RFC 5322 §3.6.4 in the form that mailers really send: anything without space between angle brackets. */
const MESSAGE_ID = /<[^<>\s]{1,990}>/g
/** RFC 6838 §4.2: type and subtype have 127 characters each. */
const CONTENT_TYPE = /^[\w.+-]{1,127}\/[\w.+-]{1,127}$/

/** One line of at most `most` UTF-16 code units, without control characters and never with half a character. */
export const shortLine = (text: string, most: number): string => {
  // Cut before it is searched, so that a huge text costs nothing; folded space may take up some of it.
  const line = text
    .slice(0, most * 10)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  return cutAt(line, most).toWellFormed()
}

/** The first `most` UTF-16 code units; one less rather than half a character. */
export const cutAt = (text: string, most: number): string => {
  const cut = text.slice(0, most)
  return text.length > most && /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut
}

/** Whether a text can be a mail address at all: an @, no control characters, and no more than 254 octets. */
export const canBeAddress = (text: string): boolean =>
  text.length <= ADDRESS_OCTETS &&
  Buffer.byteLength(text) <= ADDRESS_OCTETS &&
  text.includes('@') &&
  text.isWellFormed() &&
  !/\p{Cc}/u.test(text)

/** Message-IDs with their angle brackets, in the order they stand; one that is too long is none. */
export const messageIds = (header: string | undefined): string[] =>
  [...(header ?? '').toWellFormed().matchAll(MESSAGE_ID)]
    .map(([id]) => id)
    .filter((id) => Buffer.byteLength(id) <= MESSAGE_ID_OCTETS && !/\p{Cc}/u.test(id))

/** A media type as given, or unknown bytes when it is none. */
export const contentTypeOf = (given: string): string =>
  CONTENT_TYPE.test(given) ? given : 'application/octet-stream'
