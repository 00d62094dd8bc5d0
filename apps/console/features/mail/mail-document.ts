/**
 * The page in which a mail's HTML is shown. The hub has sanitised it and taken remote images out; this is the second
 * fence: no script runs in the sandboxed frame, and the policy lets nothing be fetched but images that are inside the mail.
 */
export function mailDocument(safeHtml: string): string {
  return `<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${MAIL_POLICY}">
<meta name="referrer" content="no-referrer"><base target="_blank">
<style>html{color-scheme:light}body{margin:12px;background:#fff;color:#11181a;font:14px/1.55 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}</style>
</head><body>${safeHtml}</body></html>`
}

export const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: cid:; form-action 'none'"

/**
 * No scripts, forms or top-level navigation. `allow-same-origin` only lets the console measure the text's height: without
 * scripts nothing inside can use it. Links open a page of their own.
 */
export const MAIL_SANDBOX = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox'
