import { wordsOf } from './table.ts'

/** The samples of one name in Prometheus text, by their labels' text: `presence="ready"` → 2. */
const samplesOf = (metrics: string, name: string): ReadonlyMap<string, number> =>
  new Map(
    [...metrics.matchAll(new RegExp(`^${name}\\{([^}]*)\\} (\\S+)$`, 'gm'))].map(
      ([, labels = '', value]) => [labels, Number(value)] as const,
    ),
  )

/** What somebody has to see to stands in capitals. */
const TROUBLE: ReadonlySet<string> = new Set(['away', 'down', 'notWritable'])

/** Of a running hub's own figures, what a person asks first: a name and a line each. */
export const statusWords = (metrics: string): (readonly [name: string, line: string])[] => [
  ['agents', agentsIn(metrics)],
  ['contacts', contactsIn(metrics)],
  ...connectionsIn(metrics),
]

const agentsIn = (metrics: string): string => {
  const presences = [...samplesOf(metrics, 'centralino_agents')].filter(([, count]) => count > 0)
  const total = presences.reduce((sum, [, count]) => sum + count, 0)
  if (total === 0) return 'nobody on the floor'
  const words = presences
    .map(([labels, count]) => `${count} ${wordsOf(/presence="(\w+)"/.exec(labels)?.[1] ?? '')}`)
    .toSorted((a, b) => (a.slice(a.indexOf(' ')) < b.slice(b.indexOf(' ')) ? -1 : 1))
  return `${total} on the floor: ${words.join(', ')}`
}

const contactsIn = (metrics: string): string => {
  const samples = samplesOf(metrics, 'centralino_contacts')
  const figure = (kind: string): number => samples.get(`kind="${kind}"`) ?? 0
  const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
  const waiting = `${counted(figure('waitingCalls'), 'call')} and ${counted(figure('waitingMails'), 'mail')} wait`
  return `${counted(figure('calls'), 'call')}; ${waiting}`
}

const connectionsIn = (metrics: string): [string, string][] =>
  [...samplesOf(metrics, 'centralino_connection').keys()].map((labels) => {
    const [, part = '', state = ''] = /part="(\w+)",state="(\w+)"/.exec(labels) ?? []
    return [part, TROUBLE.has(state) ? state.toUpperCase() : state]
  })
