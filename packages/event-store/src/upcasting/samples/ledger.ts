import type { LogSealed } from '../../ledger/log-sealed.ts'
import type { SamplesOf } from './samples-of.ts'

export const ledgerSamples = {
  LogSealed: {
    size: 1204,
    checkpoint:
      'centralino/0d6c66de\n1204\nXcnaeacGWamtVZy3Adad4qqdgjqtL0lgzjcO/nD+RDI=\n\n— centralino/0d6c66de x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
    verifierKey: 'centralino/0d6c66de+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  },
} as const satisfies SamplesOf<LogSealed>
