/** ITU-T Q.850 cause values that the hub and the edge give themselves. */
export const Q850 = {
  unallocatedNumber: 1,
  normalClearing: 16,
  noAnswer: 19,
  normalUnspecified: 31,
  networkOutOfOrder: 38,
  temporaryFailure: 41,
  incompatibleDestination: 88,
  recoveryOnTimerExpiry: 102,
} as const
