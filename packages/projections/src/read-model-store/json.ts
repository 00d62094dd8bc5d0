import type { Json } from './tables.ts'

export const toJson = <T>(value: T): Json<T> => JSON.stringify(value) as Json<T>

/** Reads a column that `toJson` wrote. */
export const fromJson = <T>(text: Json<T>): T => JSON.parse(text) as T
