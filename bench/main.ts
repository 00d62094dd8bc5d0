import { cpus } from 'node:os'
import { benchAcd } from './acd.ts'
import { benchAppend } from './append.ts'
import { benchCluster } from './cluster.ts'
import { printFigures } from './figure.ts'
import { benchLive } from './live.ts'
import { benchRebuild } from './rebuild.ts'
import { benchVerify } from './verify.ts'

/** `npm run bench`: every figure, one kind at a time, beside its ceiling from the same run. */
const benches = {
  append: benchAppend,
  cluster: benchCluster,
  rebuild: benchRebuild,
  verify: benchVerify,
  acd: benchAcd,
  live: benchLive,
}

const asked = process.argv.slice(2)
process.stdout.write(
  `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}\n`,
)
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  process.stdout.write(`\n— ${name} —\n`)
  printFigures(await bench())
}
