import { NARROW, PHONE, WIDE } from './console-browser.ts'

/** How the console is looked at: sizes and themes. */
export const WAYS = [
  { viewport: WIDE, colorScheme: 'light' },
  { viewport: WIDE, colorScheme: 'dark' },
  { viewport: NARROW, colorScheme: 'light' },
  { viewport: PHONE, colorScheme: 'light' },
  { viewport: PHONE, colorScheme: 'dark' },
] as const
