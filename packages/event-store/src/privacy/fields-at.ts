import type { PersonalField } from './personal-fields.ts'

/** Values by the dotted name of their field. */
export type FieldValues = Readonly<Record<string, unknown>>

type Mutable = Record<string, unknown>

/** `data` without these fields, and what stood in them; fields that are not there are passed over. `data` stays as it is. */
export const takeFields = (
  data: unknown,
  fields: readonly PersonalField[],
): { readonly rest: unknown; readonly taken: FieldValues } => {
  const taken: Mutable = {}
  let rest = data
  for (const { name, path } of fields) {
    const holder = holderOf(data, path)
    const field = path.at(-1) ?? ''
    if (holder === null || !Object.hasOwn(holder, field)) continue
    taken[name] = holder[field]
    rest = changed(rest, path, (copy, last) => delete copy[last])
  }
  return { rest, taken }
}

/** `data` with these values in their fields; objects on the way that are not there are made. */
export const putFields = (data: unknown, values: FieldValues): unknown => {
  let whole = data
  for (const [name, value] of Object.entries(values)) {
    whole = changed(whole, name.split('.'), (copy, last) => {
      copy[last] = value
    })
  }
  return whole
}

/** `data` with what stands in these fields once they are erased. */
export const eraseFields = (data: unknown, fields: readonly PersonalField[]): unknown => {
  let erased = data
  for (const field of fields) {
    erased = changed(erased, field.path, (copy, last) => {
      if (field.erased === undefined) delete copy[last]
      else copy[last] = field.erased
    })
  }
  return erased
}

const holderOf = (data: unknown, path: readonly string[]): Mutable | null => {
  let holder: unknown = data
  for (const step of path.slice(0, -1)) holder = isObject(holder) ? holder[step] : null
  return isObject(holder) ? holder : null
}

/** A copy along the way to the field; everything beside the way is shared. */
const changed = (
  data: unknown,
  [step = '', ...further]: readonly string[],
  change: (copy: Mutable, last: string) => void,
): unknown => {
  const copy: Mutable = isObject(data) ? { ...data } : {}
  if (further.length === 0) change(copy, step)
  else copy[step] = changed(copy[step], further, change)
  return copy
}

const isObject = (value: unknown): value is Mutable =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
