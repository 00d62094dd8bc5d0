import { type Contact, tell } from './contacts.ts'
import type { World } from './scenarios.ts'

/**
 * The contact and its entries become another customer's. Who watches that one hears of the choice alone, as after a gap in
 * the stream; who watches the other one, of what is theirs no more.
 */
export function chooseCustomer(world: World, chosen: { interactionId: string; customerId: string }): void {
  const customers = Object.values(world.customers)
  const to = customers.find(({ id }) => id === chosen.customerId)
  const contact = [world.call, world.mail].find(({ id }) => id === chosen.interactionId)
  if (!to || !contact || contact.customer === to) return
  const from = contact.customer
  const isOf = (entry: unknown) => (entry as { interaction: Contact | null }).interaction === contact
  const moved = from.entries.filter(isOf) as { customer: unknown }[]
  for (const entry of moved) entry.customer = to
  to.entries.push(...moved)
  from.entries = from.entries.filter((entry) => !isOf(entry))
  from.contacts = from.contacts.filter((one) => one !== contact)
  to.contacts.push(contact)
  contact.customer = to
  const facts = { toName: to.name ?? '' }
  const entry = tell(contact, 'InteractionCustomerChosen', new Date().toISOString(), facts, contact.agent)
  world.news.push({ customerId: to.id, entry })
  for (const gone of moved) world.news.push({ customerId: from.id, entry: gone })
}
