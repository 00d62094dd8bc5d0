import { setUp } from './setup/index.mjs'
import { NODE } from './setup/paths.mjs'
import { runMain } from './setup/progress.mjs'
import { foreground } from './setup/run.mjs'

/** Runs a TypeScript file of ours on Node 26, set up as for the hub. */
await runMain(async () => foreground(NODE, process.argv.slice(2), await setUp()))
