export type Theme = 'light' | 'dark'
export const THEME_KEY = 'centralino.theme'

export const themeNow = (): Theme => (document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light')

/** Chosen here and kept in this browser; `public/theme.js` reads it before the first paint. */
export function setTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
  try {
    localStorage.setItem(THEME_KEY, theme)
  } catch {
    // Storage is off: the choice lasts as long as the page.
  }
}
