import type { AgentId } from '@centralino/domain'
import type { VoiceNotice } from './protocol.ts'

/** One tab's end of the line. */
export type Line = {
  notify(notice: VoiceNotice): void
  /** Another tab waits for this one to be gone: is it still there? One that is not closes. */
  probe(): void
  /** More tabs than anybody uses: closes. */
  dismiss(): void
}

/** What a tab may do with the agent's line. */
export type LineEnd = {
  /** False while another tab has the line: this one must not ring. */
  readonly holds: boolean
  /** Takes the line over from the tab that has it; a call on it is to be taken up here. */
  take(): void
  close(): void
}

export type LineOrigin = {
  /** The tab's browser: its session. */
  readonly browser: string
  /** It waited before its connection broke, and asks for the line only if no other has it. */
  readonly waits: boolean
}

export type LineListener = {
  readonly opened: (agentId: AgentId) => void
  readonly closed: (agentId: AgentId) => void
}

/**
 * Who sits at a browser now. One line for each agent, and one tab that has it, so that exactly one rings and no caller is
 * ever bridged to a tab that nobody looks at. The newest tab gets the line, except in mid-call: then it waits, and takes
 * the line when the person says so. So does one that waited and lost its connection. The others stay connected; when the
 * tab that has the line is gone, the newest of them has it again (`lineReturned`). In mid-call only a tab of the same
 * browser has: no other computer's microphone is heard before somebody there says so. The line then is nobody's until
 * somebody does, or a tab comes.
 */
export type AgentLines = {
  open(agentId: AgentId, line: Line, from: LineOrigin): LineEnd
  /** Whether any tab has the agent's line. */
  isOpen(agentId: AgentId): boolean
  /** To the tab that has the agent's line; dropped when there is none. */
  notify(agentId: AgentId, notice: VoiceNotice): void
  /**
   * Told of the first tab of an agent and of the last, and of both (`closed`, then `opened`) when the tab that had the
   * line is gone and another has it now. Returns the function that stops it.
   */
  listen(listener: LineListener): () => void
}

export type AgentLinesOptions = {
  /** True while a newcomer would tear a call from the tab that has the line. */
  readonly inCall: (agentId: AgentId) => boolean
  readonly onListenerFailure: (error: unknown) => void
  /** Tabs of one agent that are kept; the oldest that waits is dismissed past it. Default 16. */
  readonly maximumTabs?: number
}

type Tab = { readonly line: Line; readonly browser: string }
/** `waiting` from the oldest to the newest. Without a holder the line is nobody's. */
type Tabs = { readonly waiting: readonly Tab[]; readonly holder: Tab | null }

const NO_TABS: Tabs = { waiting: [], holder: null }

export const createAgentLines = (options: AgentLinesOptions): AgentLines => {
  const maximumTabs = options.maximumTabs ?? 16
  const tabsOf = new Map<AgentId, Tabs>()
  const listeners = new Set<LineListener>()
  const tell = (what: keyof LineListener, agentId: AgentId) => {
    for (const listener of listeners) {
      try {
        listener[what](agentId)
      } catch (error) {
        options.onListenerFailure(error)
      }
    }
  }
  const tabs = (agentId: AgentId): Tabs => tabsOf.get(agentId) ?? NO_TABS
  const keep = (agentId: AgentId, kept: Tabs) => {
    if (kept.holder === null && kept.waiting.length === 0) tabsOf.delete(agentId)
    else tabsOf.set(agentId, kept)
  }

  const enter = (agentId: AgentId, tab: Tab, waits: boolean) => {
    const { waiting, holder } = tabs(agentId)
    // Of tabs that wait while nobody has the line, one more waits with them.
    const mustWait = holder === null ? waits && waiting.length > 0 : waits || options.inCall(agentId)
    if (mustWait) {
      keep(agentId, { waiting: [...waiting, tab], holder })
      tab.line.notify({ notice: 'lineTaken' })
      holder?.line.probe()
    } else {
      keep(agentId, { waiting: holder === null ? waiting : [...waiting, holder], holder: tab })
      if (holder === null) tell('opened', agentId)
      else holder.line.notify({ notice: 'lineTaken' })
    }
    // The one dismissed closes by itself, and leaves then.
    const all = tabs(agentId).waiting
    if (all.length >= maximumTabs) all[0]?.line.dismiss()
  }

  const leave = (agentId: AgentId, tab: Tab) => {
    const { waiting, holder } = tabs(agentId)
    if (holder !== tab) return keep(agentId, { waiting: waiting.filter((one) => one !== tab), holder })
    const mayHave = options.inCall(agentId)
      ? waiting.filter(({ browser }) => browser === tab.browser)
      : waiting
    const next = mayHave.at(-1) ?? null
    keep(agentId, { waiting: waiting.filter((one) => one !== next), holder: next })
    tell('closed', agentId)
    if (next === null) return
    tell('opened', agentId)
    next.line.notify({ notice: 'lineReturned' })
  }

  const take = (agentId: AgentId, tab: Tab) => {
    const { waiting, holder } = tabs(agentId)
    if (!waiting.includes(tab)) return
    const others = waiting.filter((one) => one !== tab)
    keep(agentId, { waiting: holder === null ? others : [...others, holder], holder: tab })
    if (holder === null) tell('opened', agentId)
    else holder.line.notify({ notice: 'lineTaken' })
  }

  return {
    open: (agentId, line, { browser, waits }) => {
      const tab: Tab = { line, browser }
      enter(agentId, tab, waits)
      return {
        get holds() {
          return tabs(agentId).holder === tab
        },
        take: () => take(agentId, tab),
        close: () => leave(agentId, tab),
      }
    },
    isOpen: (agentId) => tabs(agentId).holder !== null,
    notify: (agentId, notice) => tabs(agentId).holder?.line.notify(notice),
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
