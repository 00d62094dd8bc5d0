import { statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canMount, mountSmallDisk } from '@centralino/event-store/testing'
import { openReadModels } from '@centralino/projections'
import { describe, expect, it, onTestFinished } from 'vitest'
import { failureText, starting } from './failure.ts'

const MOUNTS = canMount()
const KIB = 1_024

describe.skipIf(!MOUNTS)(
  `a start on a full disk${MOUNTS ? '' : ' (left out: mounting a small disk takes root on Linux)'}`,
  () => {
    it.each([0, 8, 16])('says so where the read models find %i KiB', async (free) => {
      const disk = mountSmallDisk(4 * KIB * KIB)
      if (disk === null) throw new Error('a disk could be mounted a moment ago')
      onTestFinished(() => disk.remove())
      const path = join(disk.folder, 'read-models.db')
      await (await openReadModels({ path }))[Symbol.asyncDispose]()
      const { bavail, bsize } = statfsSync(disk.folder)
      writeFileSync(join(disk.folder, 'ballast'), Buffer.alloc(bavail * bsize - free * KIB))
      const refused = await starting('the read models', () => openReadModels({ path })).catch(
        (error: unknown) => error,
      )
      expect(failureText(refused)).toContain('Make room on the disk')
    })
  },
)
