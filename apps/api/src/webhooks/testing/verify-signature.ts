import type { Received } from './receiver.ts'

/**
 * Which of the signatures a receiver with this secret finds good, as Standard Webhooks 1.0.0 says; by Web Cryptography and
 * nothing of the hub's.
 */
export const verifiedBy = async (secret: string, { headers, body }: Received): Promise<boolean[]> => {
  const raw = Uint8Array.fromBase64(secret.replace(/^whsec_/, ''))
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const signed = new TextEncoder().encode(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
  const signatures = String(headers['webhook-signature']).split(' ')
  return Promise.all(
    signatures.map(async (text) => {
      const [version, signature = ''] = text.split(',')
      return (
        version === 'v1' &&
        (await crypto.subtle.verify('HMAC', key, Uint8Array.fromBase64(signature), signed))
      )
    }),
  )
}
