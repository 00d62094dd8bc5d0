// Runs before the first paint, so that a dark page never flashes light. The reader's choice wins over the system's.
;(() => {
  let chosen = null
  try {
    chosen = localStorage.getItem('centralino.theme')
  } catch {
    // Storage is off: the system's theme it is.
  }
  const dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
