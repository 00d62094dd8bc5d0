import { ROLES, type Role } from '../auth/roles.ts'

/**
 * Who may see what, by what it tells. Every field of the schema names one of these lists, on its type or on itself; a
 * test walks the schema and prints the whole matrix.
 */
export const EVERYBODY: readonly Role[] = ROLES

/** Who customers are and when they were in touch. */
export const CUSTOMERS: readonly Role[] = ['agent', 'supervisor', 'marketer', 'auditor']

/**
 * Who may ask for customers and contacts as they are now. An auditor opens a replay, of today if need be: there each look is on
 * record, with its reason.
 */
export const CUSTOMERS_NOW: readonly Role[] = ['agent', 'supervisor', 'marketer']

/** Why work went to whom, asked for by itself. */
export const DECISIONS_NOW: readonly Role[] = ['agent', 'supervisor']

/** Anything by its id. */
export const NODES_NOW: readonly Role[] = ['agent', 'supervisor', 'marketer', 'admin']

/** What was said: bodies and first words of mails, attachments, notes. */
export const CONVERSATIONS: readonly Role[] = ['agent', 'supervisor', 'auditor']

/** Why work went to whom. */
export const DECISIONS: readonly Role[] = ['agent', 'supervisor', 'auditor']

/** Queues, presence and the board. */
export const FLOOR: readonly Role[] = ['agent', 'supervisor', 'auditor', 'admin']

/** That a mail exists, and how its sending stands. */
export const MAIL_ENVELOPES: readonly Role[] = ['agent', 'supervisor', 'marketer', 'auditor', 'admin']

/** Who may sign in, who is on the floor, which queues there are. */
export const ADMINISTRATION: readonly Role[] = ['admin']

/** Who takes a mail out of an agent's hand. */
export const FLOOR_LEADS: readonly Role[] = ['supervisor', 'admin']

/** The past, played again; what they look at is written down. */
export const REPLAYS: readonly Role[] = ['auditor']

/** How the hub itself is. */
export const OPERATION: readonly Role[] = ['supervisor', 'auditor', 'admin']
