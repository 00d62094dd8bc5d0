import type { MailTable } from '@centralino/projections'

export type MailBody = {
  readonly text: string
  readonly safeHtml: string | null
  readonly blockedImages: number
}

export type MailBodies = {
  bodyOf(mail: Pick<MailTable, 'text_sha256' | 'html_sha256'>): Promise<MailBody>
}
