import {
  type ContactPoint,
  type CustomerCandidate,
  type CustomerId,
  type CustomerProfile,
  contactPointKey,
  contactPointStream,
  customerStream,
  type Instant,
  parseId,
  rankHousehold,
} from '@centralino/domain'
import { type CommandContext, contactPointIdOf, uuidv5 } from '@centralino/event-store'
import { withPurpose } from '../commands/because.ts'
import type { CommandHandlers } from '../commands/command-handlers.ts'

export type Identified = {
  /** The best-ranked candidate. */
  readonly customerId: CustomerId
  /** Everybody who holds the contact point, best first; never empty. */
  readonly candidates: readonly CustomerCandidate[]
}

export type Identification = {
  /**
   * Who a contact through this point is of: a known customer, or a provisional one made on the spot. Repeating it with
   * the same instant changes nothing; two contacts at once through a new point make one customer, since the link is the
   * first event of the point's stream and only one append can be that.
   */
  identify(contactPoint: ContactPoint, at: Instant, context: CommandContext): Promise<Identified>
  /** Registers a customer under its contact points, which then lead to it. A repeat changes nothing. */
  registerCustomer(
    customer: {
      readonly customerId: CustomerId
      readonly profile: CustomerProfile
      readonly contactPoints: readonly ContactPoint[]
    },
    at: Instant,
    context: CommandContext,
  ): Promise<
    | { readonly ok: true }
    | { readonly ok: false; readonly code: 'CUSTOMER_EXISTS' | 'CUSTOMER_UNKNOWN' | 'CUSTOMER_NAME_EMPTY' }
  >
  /** Lets a contact point lead to a customer who is there already. */
  linkCustomer(
    customerId: CustomerId,
    contactPoint: ContactPoint,
    at: Instant,
    context: CommandContext,
  ): Promise<void>
  /** An agent said whose contact it was: that person ranks first the next time. */
  recordUse(
    customerId: CustomerId,
    contactPoint: ContactPoint,
    at: Instant,
    context: CommandContext,
  ): Promise<void>
}

export const createIdentification = (
  handlers: Pick<CommandHandlers, 'contactPoint' | 'customer'>,
): Identification => {
  const { contactPoint: points, customer: customers } = handlers

  /**
   * The id a provisional customer of this point gets: derived, so that a repeat after a crash finds the one it made.
   * A number that was unlinked from its first holder and belongs to somebody new must not bring the old one back: then
   * the next id is taken.
   */
  const freeCustomerId = async (key: string): Promise<CustomerId> => {
    for (let nth = 0; nth < 1_000; nth += 1) {
      const id = parseId('customer', uuidv5(`customer of ${key}${nth === 0 ? '' : ` #${nth}`}`))
      const state = await customers.state(customerStream(id))
      if (state.status === 'none') return id
    }
    throw new RangeError('a contact point changed hands a thousand times')
  }

  const link: Identification['linkCustomer'] = async (customerId, contactPoint, at, context) => {
    const contactPointId = contactPointIdOf(contactPointKey(contactPoint))
    await points.handle(
      { type: 'LinkCustomer', contactPointId, contactPoint, customerId, at },
      { ...context, customerId },
    )
    await customers.handle(
      { type: 'AddContactPoint', customerId, contactPoint, at },
      // Several points of one customer may come with one key.
      { ...withPurpose(context, contactPointId), customerId },
    )
  }

  return {
    identify: async (contactPoint, at, context) => {
      const key = contactPointKey(contactPoint)
      const contactPointId = contactPointIdOf(key)
      const newCustomerId = await freeCustomerId(key)
      await points.handle(
        { type: 'IdentifyContact', contactPointId, contactPoint, newCustomerId, at },
        context,
      )
      const candidates = rankHousehold(await points.state(contactPointStream(contactPointId)), at)
      const best = candidates[0]
      if (best === undefined) throw new Error('an identified contact point has no holder')
      // Also after a crash between the link and the customer: whoever calls next completes it.
      const customer = await customers.state(customerStream(best.customerId))
      if (customer.status === 'none') {
        await customers.handle(
          { type: 'CreateProvisionalCustomer', customerId: best.customerId, contactPoint, at },
          { ...context, customerId: best.customerId },
        )
      }
      return { customerId: best.customerId, candidates }
    },
    registerCustomer: async ({ customerId, profile, contactPoints }, at, context) => {
      const registered = await customers.handle(
        { type: 'RegisterCustomer', customerId, profile, contactPoints, at },
        { ...context, customerId },
      )
      if (registered.outcome === 'refused') return { ok: false, code: registered.refusal.code }
      for (const contactPoint of contactPoints) await link(customerId, contactPoint, at, context)
      return { ok: true }
    },
    linkCustomer: link,
    recordUse: async (customerId, contactPoint, at, context) => {
      await points.handle(
        {
          type: 'RecordUse',
          contactPointId: contactPointIdOf(contactPointKey(contactPoint)),
          customerId,
          at,
        },
        { ...context, customerId },
      )
    },
  }
}
