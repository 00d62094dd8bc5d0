import { startMockHub } from './mock-hub/mock-hub.ts'
import { SCENARIOS } from './mock-hub/scenarios.ts'

// `npm run look -w apps/console -- offer`: the console in a browser, with fixed data. Ctrl-C ends it.
const asked = SCENARIOS.find((one) => one === process.argv[2]) ?? 'offer'
const hub = await startMockHub(asked, Number(process.env['PORT'] ?? 0))
console.log(
  `The console with fixed data (${asked}; also: ${SCENARIOS.join(', ')}): ${hub.origin}/en/desktop/`,
)
