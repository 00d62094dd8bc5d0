type Node<V> = {
  readonly key: string
  readonly value: V
  readonly left: Tree<V>
  readonly right: Tree<V>
  readonly size: number
}
type Tree<V> = Node<V> | null

const sizeOf = (tree: Tree<unknown>): number => (tree === null ? 0 : tree.size)

const join = <V>(key: string, value: V, left: Tree<V>, right: Tree<V>): Node<V> => ({
  key,
  value,
  left,
  right,
  size: 1 + sizeOf(left) + sizeOf(right),
})

/** A side may weigh this many times the other before it is rotated (Hirai and Yamamoto, "Balancing weight-balanced trees"). */
const DELTA = 3
/** Up to this ratio between the heavy side's children a single rotation is enough. */
const GAMMA = 2

const balance = <V>(key: string, value: V, left: Tree<V>, right: Tree<V>): Node<V> => {
  const leftSize = sizeOf(left)
  const rightSize = sizeOf(right)
  if (leftSize + rightSize < 2) return join(key, value, left, right)
  if (right !== null && rightSize > DELTA * leftSize) {
    const inner = right.left
    if (inner === null || inner.size < GAMMA * sizeOf(right.right))
      return join(right.key, right.value, join(key, value, left, inner), right.right)
    return join(
      inner.key,
      inner.value,
      join(key, value, left, inner.left),
      join(right.key, right.value, inner.right, right.right),
    )
  }
  if (left !== null && leftSize > DELTA * rightSize) {
    const inner = left.right
    if (inner === null || inner.size < GAMMA * sizeOf(left.left))
      return join(left.key, left.value, left.left, join(key, value, inner, right))
    return join(
      inner.key,
      inner.value,
      join(left.key, left.value, left.left, inner.left),
      join(key, value, inner.right, right),
    )
  }
  return join(key, value, left, right)
}

const put = <V>(tree: Tree<V>, key: string, value: V): Node<V> => {
  if (tree === null) return { key, value, left: null, right: null, size: 1 }
  if (key === tree.key)
    return tree.value === value
      ? tree
      : { key: tree.key, value, left: tree.left, right: tree.right, size: tree.size }
  if (key < tree.key) {
    const left = put(tree.left, key, value)
    if (left === tree.left) return tree
    return balance(tree.key, tree.value, left, tree.right)
  }
  const right = put(tree.right, key, value)
  if (right === tree.right) return tree
  return balance(tree.key, tree.value, tree.left, right)
}

const leftmost = <V>(tree: Node<V>): Node<V> => {
  let node = tree
  while (node.left !== null) node = node.left
  return node
}

const rightmost = <V>(tree: Node<V>): Node<V> => {
  let node = tree
  while (node.right !== null) node = node.right
  return node
}

const take = <V>(tree: Tree<V>, key: string): Tree<V> => {
  if (tree === null) return null
  if (key < tree.key) {
    const left = take(tree.left, key)
    return left === tree.left ? tree : balance(tree.key, tree.value, left, tree.right)
  }
  if (key > tree.key) {
    const right = take(tree.right, key)
    return right === tree.right ? tree : balance(tree.key, tree.value, tree.left, right)
  }
  if (tree.left === null) return tree.right
  if (tree.right === null) return tree.left
  if (tree.left.size > tree.right.size) {
    const heir = rightmost(tree.left)
    return balance(heir.key, heir.value, take(tree.left, heir.key), tree.right)
  }
  const heir = leftmost(tree.right)
  return balance(heir.key, heir.value, tree.left, take(tree.right, heir.key))
}

const visitAll = <V>(tree: Tree<V>, visit: (value: V, key: string) => void): void => {
  let node = tree
  while (node !== null) {
    visitAll(node.left, visit)
    visit(node.value, node.key)
    node = node.right
  }
}

const visitUntil = <V>(tree: Tree<V>, visit: (value: V, key: string) => boolean): boolean => {
  let node = tree
  while (node !== null) {
    if (visitUntil(node.left, visit)) return true
    if (visit(node.value, node.key)) return true
    node = node.right
  }
  return false
}

/**
 * An immutable map from text to values, in ascending order of its keys (by UTF-16 code unit, as `<` compares). A
 * weight-balanced tree with path copying: a change costs O(log n) time and memory and leaves every older map as it
 * was, so a fold over thousands of events may keep any state it passed through.
 */
export class OrderedMap<V> {
  private static readonly none: OrderedMap<never> = new OrderedMap<never>(null)

  private readonly root: Tree<V>

  private constructor(root: Tree<V>) {
    this.root = root
  }

  static empty<V>(): OrderedMap<V> {
    return OrderedMap.none as OrderedMap<V>
  }

  /** A later entry of the same key wins. */
  static from<V>(entries: Iterable<readonly [string, V]>): OrderedMap<V> {
    let root: Tree<V> = null
    for (const [key, value] of entries) root = put(root, key, value)
    return root === null ? OrderedMap.empty() : new OrderedMap(root)
  }

  get size(): number {
    return sizeOf(this.root)
  }

  get(key: string): V | undefined {
    let node = this.root
    while (node !== null) {
      if (key === node.key) return node.value
      node = key < node.key ? node.left : node.right
    }
    return undefined
  }

  has(key: string): boolean {
    let node = this.root
    while (node !== null) {
      if (key === node.key) return true
      node = key < node.key ? node.left : node.right
    }
    return false
  }

  /** This very map when nothing changes. */
  set(key: string, value: V): OrderedMap<V> {
    const root = put(this.root, key, value)
    return root === this.root ? this : new OrderedMap(root)
  }

  /** This very map when the key is not there. */
  delete(key: string): OrderedMap<V> {
    const root = take(this.root, key)
    if (root === this.root) return this
    return root === null ? OrderedMap.empty() : new OrderedMap(root)
  }

  /** The entry with the least key. */
  first(): { readonly key: string; readonly value: V } | undefined {
    return this.root === null ? undefined : leftmost(this.root)
  }

  /** Visits every entry in key order. */
  forEach(visit: (value: V, key: string) => void): void {
    visitAll(this.root, visit)
  }

  /** Visits entries in key order until `visit` says true; says whether it did. */
  some(visit: (value: V, key: string) => boolean): boolean {
    return visitUntil(this.root, visit)
  }

  /** The values in key order. */
  values(): V[] {
    const values: V[] = []
    visitAll(this.root, (value) => values.push(value))
    return values
  }

  /** The keys in order. */
  keys(): string[] {
    const keys: string[] = []
    visitAll(this.root, (_value, key) => keys.push(key))
    return keys
  }
}
