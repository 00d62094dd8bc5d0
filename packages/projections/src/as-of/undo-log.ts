import type { DatabaseSync } from 'node:sqlite'
import type { TableDefinition } from '../read-model-store/table-definition.ts'

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** SQL text that evaluates to a literal of what a column held. */
const literal = (column: string): string => `quote(old.${quoted(column)})`

const removal = (table: string): string => `'delete from ${quoted(table)} where rowid = ' || new.rowid`

const reversal = ({ name, columns }: TableDefinition): string => {
  const set = Object.keys(columns).map((column) => `'${quoted(column)} = ' || ${literal(column)}`)
  return `'update ${quoted(name)} set ' || ${set.join(" || ', ' || ")} || ' where rowid = ' || old.rowid`
}

const restoration = ({ name, columns }: TableDefinition): string => {
  const names = Object.keys(columns)
  const values = names.map(literal).join(" || ', ' || ")
  const into = `${quoted(name)} (rowid, ${names.map(quoted).join(', ')})`
  return `'insert into ${into} values (' || old.rowid || ', ' || ${values} || ')'`
}

/**
 * Takes back what was written, change by change: triggers keep the statement that undoes each one
 * (https://www.sqlite.org/undoredo.html), in memory and of this connection alone. Off until `record(true)`.
 */
export class UndoLog {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync, tables: readonly TableDefinition[]) {
    this.#database = database
    database.exec('create temp table undo (seq integer primary key, statement text not null)')
    database.exec('create temp table recording (active integer not null)')
    database.exec('insert into recording values (0)')
    for (const table of tables)
      for (const [event, statement] of [
        ['insert', removal(table.name)],
        ['update', reversal(table)],
        ['delete', restoration(table)],
      ] as const)
        database.exec(
          `create temp trigger undo_${event}_${table.name} after ${event} on main.${quoted(table.name)}
           when (select active from recording)
           begin insert into undo (statement) values (${statement}); end`,
        )
  }

  record(active: boolean): void {
    this.#database.exec(`update recording set active = ${active ? 1 : 0}`)
  }

  /** The place to come back to. */
  mark(): number {
    const row = this.#database.prepare('select coalesce(max(seq), 0) as seq from undo').get()
    return Number(row?.['seq'])
  }

  /** In one transaction; the rows are what they were at `mark`. */
  undoTo(mark: number): void {
    const statements = this.#database
      .prepare('select statement from undo where seq > ? order by seq desc')
      .all(mark)
    this.record(false)
    this.#database.exec('begin immediate')
    for (const { statement } of statements) this.#database.exec(String(statement))
    this.#database.exec('commit')
    this.#database.prepare('delete from undo where seq > ?').run(mark)
  }

  /** Nothing before `mark` can be taken back any more. */
  forgetUntil(mark: number): void {
    this.#database.prepare('delete from undo where seq <= ?').run(mark)
  }
}
