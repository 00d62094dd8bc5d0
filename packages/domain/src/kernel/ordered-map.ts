import {
  countOf,
  eachRun,
  emptyNode,
  firstOf,
  lookUp,
  type Node,
  put,
  take,
  visitUntil,
} from './ordered-tree.ts'

/**
 * An immutable map from text to values, in ascending order of its keys (by UTF-16 code unit, as `<` compares). A
 * change costs O(log n) time and memory and leaves every older map as it was, so a fold over thousands of events may
 * keep any state it passed through.
 */
export class OrderedMap<V> {
  private static readonly none: OrderedMap<never> = new OrderedMap<never>(emptyNode)

  private readonly root: Node<V>

  private constructor(root: Node<V>) {
    this.root = root
  }

  static empty<V>(): OrderedMap<V> {
    return OrderedMap.none as OrderedMap<unknown> as OrderedMap<V>
  }

  /** A later entry of the same key wins. */
  static from<V>(entries: Iterable<readonly [string, V]>): OrderedMap<V> {
    let map = OrderedMap.empty<V>()
    for (const [key, value] of entries) map = map.set(key, value)
    return map
  }

  get size(): number {
    return countOf(this.root)
  }

  get(key: string): V | undefined {
    return lookUp(this.root, key)?.value
  }

  has(key: string): boolean {
    return lookUp(this.root, key) !== undefined
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
    return countOf(root) === 0 ? OrderedMap.empty() : new OrderedMap(root)
  }

  /** The entry with the least key. */
  first(): { readonly key: string; readonly value: V } | undefined {
    return firstOf(this.root)
  }

  /** Visits every entry in key order. */
  forEach(visit: (value: V, key: string) => void): void {
    visitUntil(this.root, (value, key) => {
      visit(value, key)
      return false
    })
  }

  /** Visits entries in key order until `visit` says true; says whether it did. */
  some(visit: (value: V, key: string) => boolean): boolean {
    return visitUntil(this.root, visit)
  }

  /** Every value in key order, a run at a time: the quickest way through all of them. */
  forEachRun(visit: (values: readonly V[]) => void): void {
    eachRun(this.root, visit)
  }

  /** The values in key order. */
  values(): V[] {
    const values: V[] = []
    eachRun(this.root, (run) => {
      values.push(...run)
    })
    return values
  }
}
