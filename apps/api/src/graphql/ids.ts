import { type Id, parseId } from '@centralino/domain'
import { graphQLError } from './errors.ts'

/** The domain's id in a decoded global id; text that cannot be one is the client's mistake, not ours. */
export const idOf = <Of extends string>(of: Of, globalId: { readonly id: string }): Id<Of> => {
  try {
    return parseId(of, globalId.id)
  } catch {
    throw graphQLError('BAD_INPUT', `Not the id of a ${of}.`)
  }
}

/** The raw id in a Relay global id (`base64(Type:id)`) of that type, or the text itself when it is none. */
export const rawIdOf = (typename: string, text: string): string => {
  const decoded = Buffer.from(text, 'base64').toString()
  return decoded.startsWith(`${typename}:`) ? decoded.slice(typename.length + 1) : text
}

/** Relay's id of a thing, where no node of it is at hand. */
export const globalIdOf = (typename: string, id: string): string =>
  Buffer.from(`${typename}:${id}`).toString('base64')
