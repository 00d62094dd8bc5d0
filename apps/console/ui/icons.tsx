/** The console's own icons: strokes on a 20 × 20 grid, drawn in the colour of the text beside them. */
const PATHS = {
  arrow: 'M4 10h12M12 6l4 4-4 4',
  back: 'M12 5l-5 5 5 5',
  badge:
    'M3.5 5.5h13v10.5h-13zM8 5.5V3.8h4v1.7M8 11.2a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2zM5.6 13.8c.3-1.3 1.2-2 2.4-2s2.1.7 2.4 2M12.5 9h1.8M12.5 11.8h1.8',
  board: 'M3 4h14v12H3zM3 8.5h14M8 8.5V16M12.5 8.5V16',
  branch: 'M10 17v-6.5L5 5.5M10 10.5l5-5M5 9V5.5h3.5M15 9V5.5h-3.5',
  check: 'M4 10.5l4 4 8-9',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6.5V10l2.5 2',
  copy: 'M7 7h9v9.5H7zM13 7V3.5H4V13h3',
  doc: 'M5 3h7l3.5 3.5V17H5zM12 3v3.5h3.5M7.5 10h5M7.5 13h5',
  dots: 'M5 10h0M10 10h0M15 10h0',
  down: 'M5 8l5 5 5-5',
  eye: 'M2.5 10C4 6.8 6.7 5 10 5s6 1.8 7.5 5c-1.5 3.2-4.2 5-7.5 5s-6-1.8-7.5-5zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
  filter: 'M3 4h14l-5.2 6.5V16l-3.6-1.5v-4z',
  flag: 'M5 17V3.5h9.5L12.5 7l2 3.5H5',
  globe: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM3 10h14M10 3c2.5 2 2.5 12 0 14M10 3c-2.5 2-2.5 12 0 14',
  home: 'M3.5 9.5 10 4l6.5 5.5V16h-13z',
  image: 'M3 4h14v12H3zM3 13l4-4 4 4 2-2 4 4M13.5 7.5h0',
  inbox: 'M3 11l2-7h10l2 7v5H3zM3 11h4l1 2h4l1-2h4',
  key: 'M7 16a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM9.5 10 16 3.5M13 6.5l2.5 2.5',
  keyboard: 'M2.5 5h15v10h-15zM5.5 8h0M8.5 8h0M11.5 8h0M14.5 8h0M5.5 11.8h0M14.5 11.8h0M8 11.8h4',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  mail: 'M3 5h14v10H3zM3.5 5.5 10 11l6.5-5.5',
  mark: 'M10 3.2v13.6M4 6.5h12M4 13.5h12M10 3.2h0M4 6.5v3M16 6.5v3M4 13.5v-1.5M16 13.5v-1.5',
  mic: 'M8 4.5a2 2 0 0 1 4 0v5a2 2 0 0 1-4 0zM5 9.5a5 5 0 0 0 10 0M10 14.5V17',
  micOff: 'M8 4.5a2 2 0 0 1 4 0v5a2 2 0 0 1-4 0zM5 9.5a5 5 0 0 0 10 0M10 14.5V17M4 3l12 14',
  moon: 'M15.5 12.5A6.5 6.5 0 0 1 7.5 4.5a6.5 6.5 0 1 0 8 8z',
  note: 'M4 3.5h12v9l-4 4H4zM12 16.5v-4h4M7 7.5h6M7 10.5h3',
  off: 'M3 3l14 14M5.5 9.5a7 7 0 0 1 2.3-1.5M3 6.8a11 11 0 0 1 2-1.3M9 4.2c3-.3 5.8.7 8 2.6M12 8a7 7 0 0 1 2.5 1.5M8 12.3a3.3 3.3 0 0 1 3.5-.3M10 15.5h0',
  pause: 'M7 4.5v11M13 4.5v11',
  pen: 'M4.5 15.5l.8-3.2 7.5-7.5 2.4 2.4-7.5 7.5zM11 6.5l2.5 2.5',
  phone: 'M6.2 3.5 4 4c-.6 6.7 5.3 12.6 12 12l.5-2.2-3.7-1.7-1.5 1.3c-1.9-.9-3.4-2.4-4.3-4.3l1.3-1.5z',
  phoneIn:
    'M6.2 4.5 4 5c-.6 6.2 4.8 11.6 11 11l.5-2.2-3.4-1.5-1.4 1.2c-1.7-.8-3.1-2.2-3.9-3.9L8 8.2zM16.5 3.5l-5 5M11.5 4.5v4h4',
  phoneOff: 'M3 11.5c4-4 10-4 14 0l-1.2 2.5-3.3-.9-.2-2.2c-1.5-.5-3.1-.5-4.6 0l-.2 2.2-3.3.9z',
  play: 'M6.5 4.5v11l9-5.5z',
  plus: 'M10 4v12M4 10h12',
  queue: 'M3.5 5.5h8M3.5 10h8M3.5 14.5h8M14.5 4v11.5M12 13l2.5 2.5L17 13',
  replay: 'M4 4v4h4M4.3 8A6.5 6.5 0 1 1 3.5 11M10 6.5V10l2.5 1.8',
  reply: 'M8 5 3.5 9.5 8 14M3.5 9.5H11a5.5 5.5 0 0 1 5.5 5.5v1',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4',
  shield: 'M10 3l6 2v4.5c0 3.5-2.5 6-6 7.5-3.5-1.5-6-4-6-7.5V5zM7.3 10l2 2 3.5-3.8',
  signOut: 'M11 4H4v12h7M8 10h9M14 7l3 3-3 3',
  stateEngaged: 'M10 16a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM10 10h0',
  stateNotReady: 'M10 16a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM7 10h6',
  stateOffline: 'M10 16a6 6 0 1 0 0-12 6 6 0 0 0 0 12z',
  stateReady: 'M10 16a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM7.3 10.2l1.9 1.9 3.5-3.9',
  stateReserved: 'M10 16a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM10 6.5a3.5 3.5 0 0 1 0 7z',
  stepBack: 'M14 5.5v9L8 10zM6 5.5v9',
  stepOn: 'M6 5.5v9l6-4.5zM14 5.5v9',
  sun: 'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M15.3 4.7l-1.4 1.4M6.1 13.9l-1.4 1.4',
  user: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 16.5c.4-3 2.8-4.7 6-4.7s5.6 1.7 6 4.7',
  users:
    'M7.5 9.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM2.5 16c.3-2.7 2.3-4.2 5-4.2s4.7 1.5 5 4.2M13 4.3a2.6 2.6 0 0 1 0 5M14.5 12c1.8.4 2.8 1.8 3 4',
  volume: 'M3.5 8h3L11 4.5v11L6.5 12h-3zM13.5 7.5a3.5 3.5 0 0 1 0 5',
  warn: 'M10 3.5 17.5 16h-15zM10 8.5v3.2M10 13.8h0',
  x: 'M5 5l10 10M15 5 5 15',
} as const

export type IconName = keyof typeof PATHS

/** Decoration only: the word beside it carries the meaning. `size` in CSS pixels, default 16. */
export function Icon({ name, size = 16 }: { name: IconName; size?: 14 | 16 | 20 }) {
  const sized = size === 16 ? '' : ` i-${size}`
  const bold = name === 'dots' ? ' i-bold' : ''
  return (
    <svg className={`i${sized}${bold}`} viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
