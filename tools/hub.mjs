import { join } from 'node:path'
import { installDependencies } from './setup/dependencies.mjs'
import { NODE, ROOT } from './setup/paths.mjs'
import { runMain } from './setup/progress.mjs'
import { foreground } from './setup/run.mjs'

/** `npm run hub -- <command>`: the operator's command line. */
await runMain(async () => {
  await installDependencies()
  return foreground(NODE, [join(ROOT, 'apps', 'api', 'src', 'cli', 'main.ts'), ...process.argv.slice(2)])
})
