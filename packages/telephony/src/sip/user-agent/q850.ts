import { Q850 } from '../../q850.ts'

/**
 * SIP status of a refusal for each ITU-T Q.850 cause (RFC 3398 §7.2.4.1). Causes it leaves out fall to 500, 16 (normal
 * clearing, which a refusal is not) to 480 as the RFC's text has it for calls that were not answered.
 */
const statusOfCause = {
  1: 404, // unallocated number
  2: 404, // no route to network
  3: 404, // no route to destination
  16: 480, // normal clearing
  17: 486, // user busy
  18: 408, // no user responding
  19: 480, // no answer from the user
  20: 480, // subscriber absent
  21: 403, // call rejected
  22: 410, // number changed
  23: 410, // redirection to new destination
  26: 404, // non-selected user clearing
  27: 502, // destination out of order
  28: 484, // address incomplete
  29: 501, // facility rejected
  31: 480, // normal unspecified
  34: 503, // no circuit available
  38: 503, // network out of order
  41: 503, // temporary failure
  42: 503, // switching equipment congestion
  47: 503, // resource unavailable
  55: 403, // incoming calls barred within a closed user group
  57: 403, // bearer capability not authorised
  58: 503, // bearer capability not presently available
  65: 488, // bearer capability not implemented
  70: 488, // only restricted digital information available
  79: 501, // service or option not implemented
  87: 403, // user not a member of the closed user group
  88: 503, // incompatible destination
  102: 504, // recovery on timer expiry
  111: 500, // protocol error
  127: 500, // interworking
} as const satisfies Readonly<Record<number, number>>

/** Q.850 cause for each SIP status of 300 and more (RFC 3398 §8.2.6.1), and for 487 the cause of a cancelled call. */
const causeOfStatus = {
  400: 41,
  401: 21,
  402: 21,
  403: 21,
  404: 1,
  405: 63,
  406: 79,
  407: 21,
  408: 102,
  410: 22,
  413: 127,
  414: 127,
  415: 79,
  416: 127,
  420: 127,
  421: 127,
  423: 127,
  480: 18,
  481: 41,
  482: 25,
  483: 25,
  484: 28,
  485: 1,
  486: 17,
  487: 16,
  488: 65,
  500: 41,
  501: 79,
  502: 38,
  503: 41,
  504: 102,
  505: 127,
  513: 127,
  600: 17,
  603: 21,
  604: 1,
  606: 88,
} as const satisfies Readonly<Record<number, number>>

/** The final status that refuses a call for a Q.850 cause. */
export const sipStatusOfQ850 = (q850: number): number =>
  (statusOfCause as Readonly<Record<number, number>>)[q850] ?? 500

/**
 * The Q.850 cause that a final status of 300 or more stands for. "Any SIP status codes not listed … should be mapped to
 * cause code 31".
 */
export const q850OfSipStatus = (status: number): number =>
  (causeOfStatus as Readonly<Record<number, number>>)[status] ?? Q850.normalUnspecified
