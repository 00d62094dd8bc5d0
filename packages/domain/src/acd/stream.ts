import type { FloorId } from '../kernel/ids.ts'

/** The stream of one floor's day; `day` is the floor's local date, `yyyy-mm-dd`. */
export const floorStream = (floorId: FloorId, day: string): string => `floor-${floorId}-${day}`
