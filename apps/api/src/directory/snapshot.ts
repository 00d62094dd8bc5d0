import { type Id, parseId } from '@centralino/domain'
import { z } from 'zod'
import { addCall, type DirectoryFold, emptyFold, setQueue } from './fold.ts'

const id = <Of extends string>(of: Of) =>
  z.string().transform((text, context): Id<Of> => {
    try {
      return parseId(of, text)
    } catch {
      context.addIssue({ code: 'custom', message: `not the id of a ${of}` })
      return z.NEVER
    }
  })

/** A fold and the position it stands at: a cache, so that a start need not read the whole log. */
export const directorySnapshot = z.object({
  version: z.literal(1),
  position: z.string(),
  queues: z.array(
    z.object({
      queueId: id('queue'),
      settings: z.object({
        name: z.string(),
        requiredSkills: z.array(z.string()),
        offerTimeoutSeconds: z.number(),
        wrapUpSeconds: z.number(),
        entryPoints: z.array(z.string()),
      }),
    }),
  ),
  floorDays: z.array(z.object({ floorId: id('floor'), day: z.string() })),
  calls: z.array(
    z.object({
      callId: id('call'),
      interactionId: id('interaction'),
      to: z.string(),
      legs: z.array(z.object({ legId: id('leg'), agentId: id('agent').nullable() })),
    }),
  ),
})
export type DirectorySnapshot = z.infer<typeof directorySnapshot>

export const takeSnapshot = (fold: DirectoryFold, position: string): DirectorySnapshot => ({
  version: 1,
  position,
  queues: [...fold.queues].map(([queueId, settings]) => ({
    queueId,
    settings: {
      ...settings,
      requiredSkills: [...settings.requiredSkills],
      entryPoints: [...settings.entryPoints],
    },
  })),
  floorDays: [...fold.floorDays].map(([floorId, day]) => ({ floorId, day })),
  calls: [...fold.calls.values()].map((call) => ({ ...call, legs: [...call.legs] })),
})

export const fromSnapshot = (snapshot: DirectorySnapshot): DirectoryFold => {
  const fold = emptyFold()
  for (const { queueId, settings } of snapshot.queues) setQueue(fold, queueId, settings)
  for (const { floorId, day } of snapshot.floorDays) fold.floorDays.set(floorId, day)
  for (const call of snapshot.calls) addCall(fold, call)
  return fold
}
