import type { MessageKey } from '../i18n/message-key.ts'

/** Where a shortcut works: Alt keys anywhere, single letters only while nobody is typing and no dialog is open. */
type Reach = 'anywhere' | 'notTyping'

type ShortcutData = {
  /** For tinykeys. Physical keys (`KeyA`), so that a Polish or Greek layout presses the same place. */
  readonly keys: string
  /** As printed on the control and in the help, one cap each; `then` keys follow one another. */
  readonly caps: readonly string[]
  /** For `aria-keyshortcuts`. */
  readonly aria: string
  readonly reach: Reach
  readonly group: 'call' | 'work' | 'replay' | 'places'
  readonly label: MessageKey
}

const alt = (letter: string, group: ShortcutData['group'], label: MessageKey): ShortcutData => ({
  keys: `Alt+Key${letter}`,
  caps: ['Alt', letter],
  aria: `Alt+${letter}`,
  reach: 'anywhere',
  group,
  label,
})

const letter = (key: string, group: ShortcutData['group'], label: MessageKey): ShortcutData => ({
  keys: `Key${key}`,
  caps: [key],
  aria: key,
  reach: 'notTyping',
  group,
  label,
})

const replay = (keys: string, caps: readonly string[], aria: string, label: MessageKey): ShortcutData => ({
  keys,
  caps,
  aria,
  reach: 'notTyping',
  group: 'replay',
  label,
})

const goTo = (key: string, label: MessageKey): ShortcutData => ({
  keys: `KeyG Key${key}`,
  caps: ['G', key],
  aria: `G ${key}`,
  reach: 'notTyping',
  group: 'places',
  label,
})

/** Every shortcut, as data: the key handler, the caps on the controls and the help all read this table. */
export const SHORTCUTS = {
  answer: alt('A', 'call', 'keys.answer'),
  decline: alt('Q', 'call', 'keys.decline'),
  hold: alt('H', 'call', 'keys.hold'),
  mute: alt('M', 'call', 'keys.mute'),
  hangUp: alt('X', 'call', 'keys.hangUp'),
  finishWrapUp: alt('W', 'call', 'keys.finishWrapUp'),
  beReady: alt('R', 'call', 'keys.beReady'),
  state: alt('S', 'call', 'keys.state'),
  notes: alt('O', 'work', 'keys.notes'),
  customer: alt('C', 'work', 'keys.customer'),
  itIs: { ...alt('1', 'work', 'keys.itIs'), keys: 'Alt+(Digit[1-9])', caps: ['Alt', '1…9'], aria: 'Alt+1' },
  next: letter('J', 'work', 'keys.next'),
  previous: letter('K', 'work', 'keys.previous'),
  reply: letter('R', 'work', 'keys.reply'),
  send: {
    keys: '$mod+Enter',
    caps: ['Ctrl', '↵'],
    aria: 'Control+Enter',
    reach: 'anywhere',
    group: 'work',
    label: 'keys.send',
  },
  close: alt('E', 'work', 'keys.close'),
  playPause: replay('Space', ['␣'], 'Space', 'keys.playPause'),
  eventNext: replay('ArrowRight', ['→'], 'ArrowRight', 'keys.eventNext'),
  eventPrevious: replay('ArrowLeft', ['←'], 'ArrowLeft', 'keys.eventPrevious'),
  decisionNext: replay('Shift+ArrowRight', ['⇧', '→'], 'Shift+ArrowRight', 'keys.decisionNext'),
  decisionPrevious: replay('Shift+ArrowLeft', ['⇧', '←'], 'Shift+ArrowLeft', 'keys.decisionPrevious'),
  verify: letter('V', 'replay', 'keys.verify'),
  find: {
    keys: '$mod+KeyK',
    caps: ['Ctrl', 'K'],
    aria: 'Control+K',
    reach: 'anywhere',
    group: 'places',
    label: 'keys.find',
  },
  goInbox: goTo('I', 'keys.goInbox'),
  goCustomers: goTo('C', 'keys.goCustomers'),
  goPeople: goTo('P', 'keys.goPeople'),
  goQueues: goTo('Q', 'keys.goQueues'),
  goReplay: goTo('R', 'keys.goReplay'),
  goBoard: goTo('B', 'keys.goBoard'),
  help: {
    keys: '[Shift]+?',
    caps: ['?'],
    aria: '?',
    reach: 'notTyping',
    group: 'places',
    label: 'keys.help',
  },
} as const satisfies Record<string, ShortcutData>

export type ShortcutId = keyof typeof SHORTCUTS
export type Shortcut = ShortcutData

export const SHORTCUT_IDS = Object.keys(SHORTCUTS) as readonly ShortcutId[]

/** Hang up asks for the same key twice within this time, ms. */
export const DOUBLE_PRESS_MS = 1500
