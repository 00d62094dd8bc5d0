/** What a person may do here; one role an account. */
export const ROLES = ['agent', 'supervisor', 'marketer', 'auditor', 'admin'] as const
export type Role = (typeof ROLES)[number]
