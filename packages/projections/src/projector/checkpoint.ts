import { defineTable } from '../read-model-store/table-definition.ts'

/** One row: `projection` is the name below. */
export const checkpointTable = defineTable('checkpoint', {
  columns: { projection: 'text', position: 'text null', views_version: 'text' },
  key: ['projection'],
})

/** All views share one checkpoint: they are folded together, so that one may read another's rows. */
export const CHECKPOINT = 'read-models'
