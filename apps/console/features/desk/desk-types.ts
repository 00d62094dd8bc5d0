import type {
  DeskStateFragment,
  InteractionLineFragment,
  OfferLineFragment,
  OnTheLineFragment,
} from '../../gql/generated/graphql.ts'

export type Desk = DeskStateFragment
export type InteractionLine = InteractionLineFragment
export type OfferLine = OfferLineFragment
export type OnTheLine = OnTheLineFragment
export type QueueName = NonNullable<InteractionLine['queue']>
