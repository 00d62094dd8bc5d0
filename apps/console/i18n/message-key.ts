import type messages from '../messages/en.json'

type Leaves<Tree, Path extends string = ''> = {
  [Key in keyof Tree & string]: Tree[Key] extends string
    ? `${Path}${Key}`
    : Leaves<Tree[Key], `${Path}${Key}.`>
}[keyof Tree & string]

/** The full path of a message. Tables that choose a message at run time hold these, so that a missing one is a type error. */
export type MessageKey = Leaves<typeof messages>
