import { openReadModels } from '../open-read-models.ts'
import { sampleLog } from './sample-log.ts'

/**
 * A process that a test kills: folds the sample log from the checkpoint on, batch by batch, and writes each batch's last position
 * to its standard output after the commit. Arguments: path, events, batch.
 */
const [path = '', events = '0', batch = '1'] = process.argv.slice(2)
const models = await openReadModels({ path })
const checkpoint = await models.checkpoint()
const sample = [...sampleLog({ events: Number(events), agents: 8, atOnce: 6 })]
const rest = sample.filter((event) => checkpoint === null || event.position > checkpoint)
for (let from = 0; from < rest.length; from += Number(batch)) {
  const some = rest.slice(from, from + Number(batch))
  await models.apply(some)
  process.stdout.write(`${some.at(-1)?.position}\n`)
}
await models[Symbol.asyncDispose]()
