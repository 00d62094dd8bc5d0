import { join } from 'node:path'
import { setUp } from './setup/index.mjs'
import { NODE, ROOT } from './setup/paths.mjs'
import { runMain } from './setup/progress.mjs'
import { foreground } from './setup/run.mjs'

/** `npm start`: sets up what is missing, then runs the hub until Ctrl-C. Runs on any Node from 20; the hub runs on 26. */
await runMain(async () => {
  const env = await setUp()
  return foreground(NODE, [join(ROOT, 'apps', 'api', 'src', 'main.ts'), ...process.argv.slice(2)], env)
})
