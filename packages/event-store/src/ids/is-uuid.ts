const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A hyphenated UUID of any version in lower case: the one spelling, so that ids compare as strings. */
export const isUuid = (text: string): boolean => UUID.test(text)
