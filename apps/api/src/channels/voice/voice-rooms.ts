import type { CountryCode } from '@centralino/domain'
import type { CommandHandlers } from '../../commands/command-handlers.ts'
import type { Directory } from '../../directory/directory.ts'
import type { FloorService } from '../../floor/floor-service.ts'
import type { Identification } from '../../identification/identification.ts'
import type { Log } from '../../observability/logger.ts'
import type { Notices } from '../../observability/notices.ts'
import type { Clock } from '../../time/clock.ts'
import type { AgentLines } from '../../websocket/agent-lines.ts'
import type { EdgeOrders } from './edge-orders.ts'

/** What the voice channel works with; every part of it takes this. */
export type VoiceRooms = {
  readonly handlers: Pick<CommandHandlers, 'call' | 'interaction'>
  readonly directory: Directory
  readonly identification: Identification
  readonly floor: Pick<FloorService, 'state' | 'run'>
  readonly lines: Pick<AgentLines, 'isOpen' | 'notify'>
  readonly orders: EdgeOrders
  /** False while nothing that happens can be written down. */
  readonly canRecord: () => boolean
  readonly clock: Clock
  readonly notices: Pick<Notices, 'report'>
  readonly log: Pick<Log, 'debug' | 'info' | 'warn' | 'error'>
  readonly defaultCountry: CountryCode
}
