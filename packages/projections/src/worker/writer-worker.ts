import { ReadModelsError } from '../read-models-error.ts'
import { ReadModelsWriter } from '../read-models-writer.ts'
import type { WriterRequest } from './protocol.ts'
import { serve } from './serve.ts'

let writer: ReadModelsWriter | null = null

const opened = (): ReadModelsWriter => {
  if (writer === null) throw new ReadModelsError('READ_MODELS_CLOSED', 'the read models are not open')
  return writer
}

serve<WriterRequest>((request) => {
  switch (request.kind) {
    case 'open':
      writer = new ReadModelsWriter(request.path)
      return null
    case 'apply':
      return opened().apply(request.events)
    case 'checkpoint':
      return opened().checkpoint
    case 'statistics':
      return opened().statistics
    case 'close':
      writer?.close()
      writer = null
      return null
    default:
      return request satisfies never
  }
}, 'PROJECTION_FAILED')
