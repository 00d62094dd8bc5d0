import type { AgentId } from '@centralino/domain'
import type { VoiceNotice } from './protocol.ts'

/** One browser's end of the line. */
export type Line = {
  notify(notice: VoiceNotice): void
  /** Another tab took over: say so and hang up. */
  takenOver(): void
}

export type LineListener = {
  readonly opened: (agentId: AgentId) => void
  readonly closed: (agentId: AgentId) => void
}

/**
 * Who sits at a browser now. One line for each agent: a newer tab takes the line over from the older, so that exactly one
 * rings and no caller is ever bridged to a tab that nobody looks at.
 */
export type AgentLines = {
  /** Returns the function that closes it; closing a line that was taken over changes nothing. */
  open(agentId: AgentId, line: Line): () => void
  isOpen(agentId: AgentId): boolean
  /** To the agent's open line; dropped when there is none. */
  notify(agentId: AgentId, notice: VoiceNotice): void
  /** Told of the first line of an agent and of the last; returns the function that stops it. */
  listen(listener: LineListener): () => void
}

export const createAgentLines = (onListenerFailure: (error: unknown) => void): AgentLines => {
  const lines = new Map<AgentId, Line>()
  const listeners = new Set<LineListener>()
  const tell = (what: keyof LineListener, agentId: AgentId) => {
    for (const listener of listeners) {
      try {
        listener[what](agentId)
      } catch (error) {
        onListenerFailure(error)
      }
    }
  }

  return {
    open: (agentId, line) => {
      const older = lines.get(agentId)
      lines.set(agentId, line)
      if (older === undefined) tell('opened', agentId)
      else older.takenOver()
      return () => {
        if (lines.get(agentId) !== line) return
        lines.delete(agentId)
        tell('closed', agentId)
      }
    },
    isOpen: (agentId) => lines.has(agentId),
    notify: (agentId, notice) => lines.get(agentId)?.notify(notice),
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
