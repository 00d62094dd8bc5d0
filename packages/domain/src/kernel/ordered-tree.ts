/**
 * The B+ tree under `OrderedMap`, copied along the path of each change. Wide nodes instead of a binary tree: a thousand
 * entries are three levels, and going through all of them is a loop over some dozens of arrays.
 */
export type Node<V> = {
  /**
   * Leaf: its keys, ascending. Branch: for each child a key that is greater than all before the child and not greater
   * than any in it. For the first child that is the branch's own key in its parent; in the leftmost branch nothing
   * looks at it.
   */
  readonly keys: readonly string[]
  /** Beside the keys; empty in a branch. */
  readonly values: readonly V[]
  /** Null in a leaf. */
  readonly children: readonly Node<V>[] | null
  /** Entries in the leaf or below the branch. */
  readonly count: number
}

/** Wider and a change copies more than it saves on the way down: measured with the ACD's maps of a thousand. */
const MOST = 16
/** Fewer than this and a node joins its neighbour. A quarter, so that one entry coming and going does not join and split. */
const LEAST = 4

export const emptyNode: Node<never> = { keys: [], values: [], children: null, count: 0 }

export const countOf = (node: Node<unknown>): number => node.count

const leaf = <V>(keys: readonly string[], values: readonly V[]): Node<V> => ({
  keys,
  values,
  children: null,
  count: keys.length,
})

const branch = <V>(keys: readonly string[], children: readonly Node<V>[], count: number): Node<V> => ({
  keys,
  values: [],
  children,
  count,
})

/** For an index that is known to be there. */
const at = <T>(list: readonly T[], index: number): T => list[index] as T

const replaced = <T>(list: readonly T[], index: number, item: T): T[] => {
  const copy = list.slice()
  copy[index] = item
  return copy
}

const inserted = <T>(list: readonly T[], index: number, item: T): T[] => {
  const copy = list.slice(0, index)
  copy.push(item)
  for (let from = index; from < list.length; from += 1) copy.push(at(list, from))
  return copy
}

const removed = <T>(list: readonly T[], index: number): T[] => {
  const copy = list.slice(0, index)
  for (let from = index + 1; from < list.length; from += 1) copy.push(at(list, from))
  return copy
}

/** The first index whose key is not less than `key`. */
const lowerBound = (keys: readonly string[], key: string): number => {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at(keys, middle) < key) low = middle + 1
    else high = middle
  }
  return low
}

/** The child that `key` belongs to: the last whose separator is not greater. */
const childFor = (keys: readonly string[], key: string): number => {
  let low = 1
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at(keys, middle) <= key) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** In a box, so that an absent key and a value of `undefined` differ. */
export const lookUp = <V>(root: Node<V>, key: string): { readonly value: V } | undefined => {
  let node = root
  while (node.children !== null) node = at(node.children, childFor(node.keys, key))
  const index = lowerBound(node.keys, key)
  return node.keys[index] === key ? { value: at(node.values, index) } : undefined
}

/** The entry with the least key; undefined when the tree is empty. */
export const firstOf = <V>(root: Node<V>): { readonly key: string; readonly value: V } | undefined => {
  let node = root
  while (node.children !== null) node = at(node.children, 0)
  return node.count === 0 ? undefined : { key: at(node.keys, 0), value: at(node.values, 0) }
}

/** The same node when nothing changes. */
export const put = <V>(root: Node<V>, key: string, value: V): Node<V> => {
  const changed = putInto(root, key, value)
  if (changed.keys.length <= MOST) return changed
  const [left, right] = halves(changed)
  return branch([at(left.keys, 0), at(right.keys, 0)], [left, right], changed.count)
}

/** May hold one more than `MOST`: whoever holds the node splits it. */
const putInto = <V>(node: Node<V>, key: string, value: V): Node<V> => {
  const { keys, values, children } = node
  if (children === null) {
    const index = lowerBound(keys, key)
    if (keys[index] !== key) return leaf(inserted(keys, index, key), inserted(values, index, value))
    return at(values, index) === value ? node : leaf(keys, replaced(values, index, value))
  }
  const index = childFor(keys, key)
  const child = at(children, index)
  const changed = putInto(child, key, value)
  if (changed === child) return node
  const count = node.count - child.count + changed.count
  if (changed.keys.length <= MOST) return branch(keys, replaced(children, index, changed), count)
  const [left, right] = halves(changed)
  return branch(
    inserted(keys, index + 1, at(right.keys, 0)),
    inserted(replaced(children, index, left), index + 1, right),
    count,
  )
}

const halves = <V>({ keys, values, children }: Node<V>): readonly [Node<V>, Node<V>] => {
  const middle = keys.length >>> 1
  if (children === null)
    return [
      leaf(keys.slice(0, middle), values.slice(0, middle)),
      leaf(keys.slice(middle), values.slice(middle)),
    ]
  const left = children.slice(0, middle)
  const right = children.slice(middle)
  return [branch(keys.slice(0, middle), left, total(left)), branch(keys.slice(middle), right, total(right))]
}

const total = (nodes: readonly Node<unknown>[]): number => nodes.reduce((sum, node) => sum + node.count, 0)

/** The same node when the key is not there. */
export const take = <V>(root: Node<V>, key: string): Node<V> => {
  const changed = takeFrom(root, key)
  // A branch with one child is a level for nothing.
  return changed.children !== null && changed.children.length === 1 ? at(changed.children, 0) : changed
}

/** May hold fewer than `LEAST`: whoever holds the node joins it to a neighbour. */
const takeFrom = <V>(node: Node<V>, key: string): Node<V> => {
  const { keys, values, children } = node
  if (children === null) {
    const index = lowerBound(keys, key)
    return keys[index] === key ? leaf(removed(keys, index), removed(values, index)) : node
  }
  const index = childFor(keys, key)
  const child = at(children, index)
  const changed = takeFrom(child, key)
  if (changed === child) return node
  const kept = branch(keys, replaced(children, index, changed), node.count - 1)
  return changed.keys.length < LEAST ? joined(kept, index) : kept
}

/** The branch with its too small child joined to a neighbour, and split again evenly where that made it too large. */
const joined = <V>({ keys, children, count }: Node<V>, small: number): Node<V> => {
  if (children === null || children.length === 1) return branch(keys, children ?? [], count)
  const leftIndex = small === 0 ? 0 : small - 1
  const rightIndex = leftIndex + 1
  const left = at(children, leftIndex)
  const right = at(children, rightIndex)
  const one = concatenated(left, right)
  if (one.keys.length <= MOST)
    return branch(removed(keys, rightIndex), replaced(removed(children, rightIndex), leftIndex, one), count)
  const [first, second] = halves(one)
  return branch(
    replaced(keys, rightIndex, at(second.keys, 0)),
    replaced(replaced(children, leftIndex, first), rightIndex, second),
    count,
  )
}

const concatenated = <V>(left: Node<V>, right: Node<V>): Node<V> =>
  left.children === null || right.children === null
    ? leaf([...left.keys, ...right.keys], [...left.values, ...right.values])
    : branch([...left.keys, ...right.keys], [...left.children, ...right.children], left.count + right.count)

/** In key order, until `visit` says true; says whether it did. */
export const visitUntil = <V>(node: Node<V>, visit: (value: V, key: string) => boolean): boolean => {
  const { keys, values, children } = node
  if (children !== null) {
    for (const child of children) if (visitUntil(child, visit)) return true
    return false
  }
  for (let index = 0; index < values.length; index += 1)
    if (visit(at(values, index), at(keys, index))) return true
  return false
}

/** Every value in key order, a leaf at a time. */
export const eachRun = <V>(node: Node<V>, visit: (values: readonly V[]) => void): void => {
  if (node.children === null) visit(node.values)
  else for (const child of node.children) eachRun(child, visit)
}
