'use client'

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react'
import { tinykeys } from 'tinykeys'
import { SHORTCUT_IDS, SHORTCUTS, type ShortcutId } from './shortcuts.ts'
import { mayAct, type PressCircumstances } from './when.ts'

type Handler = (event: KeyboardEvent) => void
type Registry = { add(id: ShortcutId, handler: Handler): () => void }

const RegistryContext = createContext<Registry | null>(null)

/** Listens once for the whole page; the part that registered last has the key. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const handlers = useRef(new Map<ShortcutId, Handler[]>())
  const registry = useMemo<Registry>(
    () => ({
      add(id, handler) {
        const list = handlers.current.get(id) ?? []
        handlers.current.set(id, [...list, handler])
        return () => {
          handlers.current.set(
            id,
            (handlers.current.get(id) ?? []).filter((one) => one !== handler),
          )
        }
      },
    }),
    [],
  )

  useEffect(() => {
    const rightAlt = { down: false }
    const follow = (event: KeyboardEvent) => {
      if (event.code === 'AltRight') rightAlt.down = event.type === 'keydown'
    }
    const release = () => {
      rightAlt.down = false
    }
    window.addEventListener('keydown', follow, true)
    window.addEventListener('keyup', follow, true)
    window.addEventListener('blur', release)

    const bindings: Record<string, Handler> = {}
    for (const id of SHORTCUT_IDS) {
      bindings[SHORTCUTS[id].keys] = (event) => {
        const handler = handlers.current.get(id)?.at(-1)
        if (handler === undefined || !mayAct(SHORTCUTS[id], circumstances(event, rightAlt.down))) return
        event.preventDefault()
        handler(event)
      }
    }
    const stop = tinykeys(window, bindings, { ignore: () => false })
    return () => {
      stop()
      window.removeEventListener('keydown', follow, true)
      window.removeEventListener('keyup', follow, true)
      window.removeEventListener('blur', release)
    }
  }, [])

  return <RegistryContext value={registry}>{children}</RegistryContext>
}

/** On a Mac every Option press counts as AltGraph, so there only the key itself tells left from right. */
const isMac = () => /Mac|iP(hone|ad|od)/.test(navigator.platform)

function circumstances(event: KeyboardEvent, rightAltDown: boolean): PressCircumstances {
  const target = event.target instanceof Element ? event.target : null
  return {
    composing: event.isComposing,
    altGraph: rightAltDown || (!isMac() && event.getModifierState('AltGraph')),
    typing: isTyping(target),
    layerOpen: document.querySelector('[data-layer]') !== null,
    repeat: event.repeat,
  }
}

/** Whether an element takes text from the keyboard. */
export function isTyping(element: Element | null): boolean {
  return element?.closest('input, textarea, select, [contenteditable="true"], [role="textbox"]') != null
}

/** Gives a shortcut its action while the component is there and `enabled`. */
export function useShortcut(id: ShortcutId, handler: Handler, enabled = true): void {
  const registry = useContext(RegistryContext)
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  useEffect(() => {
    if (!enabled || registry === null) return
    return registry.add(id, (event) => latest.current(event))
  }, [registry, id, enabled])
}
