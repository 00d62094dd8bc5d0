import { parentPort } from 'node:worker_threads'
import { isReadModelsError, type ReadModelsErrorCode } from '../read-models-error.ts'
import type { Answer, Numbered } from './protocol.ts'

/** Inside a worker: answers each request, errors by their code. `otherwise` is the code of an unexpected error. */
export const serve = <Request>(
  answerTo: (request: Request) => unknown,
  otherwise: ReadModelsErrorCode,
): void => {
  const port = parentPort
  if (port === null) throw new Error('serves inside a worker thread only')
  port.on('message', async ({ id, request }: Numbered<Request>) => {
    let answer: Answer
    try {
      answer = { id, outcome: 'done', value: await answerTo(request) }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      const code = isReadModelsError(error) ? error.code : otherwise
      answer = { id, outcome: 'failed', code, message: causedBy(message, error) }
    }
    port.postMessage(answer)
  })
}

const causedBy = (message: string, error: unknown): string =>
  error instanceof Error && error.cause instanceof Error ? `${message}: ${error.cause.message}` : message
