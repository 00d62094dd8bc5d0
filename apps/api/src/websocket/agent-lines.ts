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

export type LineListener = {
  readonly opened: (agentId: AgentId) => void
  readonly closed: (agentId: AgentId) => void
}

/**
 * Who sits at a browser now. One line for each agent, and one tab that has it, so that exactly one rings and no caller is
 * ever bridged to a tab that nobody looks at. The newest tab gets the line, except in mid-call: then it waits, and takes
 * the line when the person says so. So does one that waited and lost its connection. The others stay connected; when the tab that has the line is gone, the newest of them
 * has it again (`lineReturned`).
 */
export type AgentLines = {
  /** `waits`: a tab that waited before its connection broke, and asks for the line only if no other has it. */
  open(agentId: AgentId, line: Line, options?: { readonly waits: boolean }): LineEnd
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

/** The last one has the line. */
type Tabs = Line[]

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
  const holder = (agentId: AgentId) => tabsOf.get(agentId)?.at(-1)

  const enter = (agentId: AgentId, line: Line, waits: boolean) => {
    const tabs = tabsOf.get(agentId)
    const older = tabs?.at(-1)
    if (tabs === undefined || older === undefined) {
      tabsOf.set(agentId, [line])
      return tell('opened', agentId)
    }
    if (waits || options.inCall(agentId)) {
      tabs.splice(-1, 0, line)
      line.notify({ notice: 'lineTaken' })
      older.probe()
    } else {
      tabs.push(line)
      older.notify({ notice: 'lineTaken' })
    }
    // The one dismissed closes by itself, and leaves then.
    if (tabs.length > maximumTabs) tabs[0]?.dismiss()
  }

  const leave = (agentId: AgentId, line: Line) => {
    const tabs = tabsOf.get(agentId) ?? []
    const place = tabs.indexOf(line)
    if (place < 0) return
    const held = place === tabs.length - 1
    tabs.splice(place, 1)
    if (tabs.length === 0) tabsOf.delete(agentId)
    if (!held) return
    tell('closed', agentId)
    const next = holder(agentId)
    if (next === undefined) return
    tell('opened', agentId)
    next.notify({ notice: 'lineReturned' })
  }

  const take = (agentId: AgentId, line: Line) => {
    const tabs = tabsOf.get(agentId) ?? []
    const place = tabs.indexOf(line)
    const older = tabs.at(-1)
    if (place < 0 || older === undefined || older === line) return
    tabs.splice(place, 1)
    tabs.push(line)
    older.notify({ notice: 'lineTaken' })
  }

  return {
    open: (agentId, line, { waits } = { waits: false }) => {
      enter(agentId, line, waits)
      return {
        get holds() {
          return holder(agentId) === line
        },
        take: () => take(agentId, line),
        close: () => leave(agentId, line),
      }
    },
    isOpen: (agentId) => tabsOf.has(agentId),
    notify: (agentId, notice) => holder(agentId)?.notify(notice),
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
