/** A mail as it would come from the customer's own program (RFC 5322, RFC 2045). */
export type ComposedMail = {
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly subject: string
  readonly at: Date
  readonly messageId: string
  readonly text: string
  readonly html?: string | undefined
  readonly attachment?:
    | { readonly filename: string; readonly contentType: string; readonly content: string }
    | undefined
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')

/** RFC 2047 §2. */
const encodedWord = (text: string): string => `=?UTF-8?B?${base64(text)}?=`

const part = (contentType: string, content: string, more: readonly string[] = []): string =>
  [
    `Content-Type: ${contentType}`,
    'Content-Transfer-Encoding: base64',
    ...more,
    '',
    base64(content).replaceAll(/.{76}/g, '$&\r\n'),
  ].join('\r\n')

const multipart = (kind: 'alternative' | 'mixed', boundary: string, parts: readonly string[]): string =>
  [
    `Content-Type: multipart/${kind}; boundary="${boundary}"`,
    '',
    ...parts.flatMap((one) => [`--${boundary}`, one]),
    `--${boundary}--`,
  ].join('\r\n')

export const composeMail = (mail: ComposedMail): Buffer => {
  const text = part('text/plain; charset=utf-8', mail.text)
  const body =
    mail.html === undefined
      ? text
      : multipart('alternative', 'alternative', [text, part('text/html; charset=utf-8', mail.html)])
  const whole =
    mail.attachment === undefined
      ? body
      : multipart('mixed', 'mixed', [
          body,
          part(mail.attachment.contentType, mail.attachment.content, [
            `Content-Disposition: attachment; filename="${mail.attachment.filename}"`,
          ]),
        ])
  const headers = [
    `From: ${encodedWord(mail.from.name)} <${mail.from.address}>`,
    `To: ${mail.to}`,
    `Subject: ${encodedWord(mail.subject)}`,
    `Date: ${mail.at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${mail.messageId}`,
    'MIME-Version: 1.0',
  ]
  return Buffer.from(`${headers.join('\r\n')}\r\n${whole}\r\n`)
}
