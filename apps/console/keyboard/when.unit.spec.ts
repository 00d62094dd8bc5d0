import { expect, test } from 'vitest'
import { SHORTCUT_IDS, SHORTCUTS } from './shortcuts.ts'
import { createDoublePress, mayAct, type PressCircumstances } from './when.ts'

const PLAIN: PressCircumstances = {
  composing: false,
  altGraph: false,
  typing: false,
  layerOpen: false,
  repeat: false,
}

test('Alt keys work anywhere, also while writing and over a dialog', () => {
  expect(mayAct(SHORTCUTS.answer, { ...PLAIN, typing: true, layerOpen: true })).toBe(true)
})

test('single letters rest while typing and under a dialog', () => {
  expect(mayAct(SHORTCUTS.next, PLAIN)).toBe(true)
  expect(mayAct(SHORTCUTS.next, { ...PLAIN, typing: true })).toBe(false)
  expect(mayAct(SHORTCUTS.next, { ...PLAIN, layerOpen: true })).toBe(false)
})

test('the right Alt types ą, ł and €: it never answers a call', () => {
  expect(mayAct(SHORTCUTS.answer, { ...PLAIN, altGraph: true })).toBe(false)
})

test('nothing acts during composition or by a held key', () => {
  expect(mayAct(SHORTCUTS.answer, { ...PLAIN, composing: true })).toBe(false)
  expect(mayAct(SHORTCUTS.hangUp, { ...PLAIN, repeat: true })).toBe(false)
})

test('hang up wants two presses within the time, and begins anew afterwards', () => {
  const twice = createDoublePress(1500)
  expect(twice.press(1000)).toBe(false)
  expect(twice.press(2501)).toBe(false)
  expect(twice.press(4001)).toBe(true)
  expect(twice.press(4002)).toBe(false)
})

test('no key means two things, and Alt+D and Alt+F stay the browser’s', () => {
  const keys = SHORTCUT_IDS.map((id) => SHORTCUTS[id].keys)
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys).not.toContain('Alt+KeyD')
  expect(keys).not.toContain('Alt+KeyF')
})
