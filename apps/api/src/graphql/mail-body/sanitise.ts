import sanitizeHtml from 'sanitize-html'

export type SanitisedMail = {
  readonly safeHtml: string
  /** The HTML part's text, a line for each block. */
  readonly text: string
  /** Remote images that were taken out: nobody learns from us that a mail was read. */
  readonly blockedImages: number
}

const words = (text: string): string[] => text.trim().split(/\s+/)

const BLOCKS = words(`
  address article blockquote center dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre
  section table tbody tfoot thead tr ul
`)
const INLINES = words(`
  a abbr b bdi bdo big br caption cite code col colgroup del em figcaption figure font i img ins kbd
  mark q s samp small span strike strong sub sup td th tt u wbr
`)

/** Pictures that come in the mail itself; SVG is a document with links of its own, so it stays out. */
const EMBEDDED_IMAGE = /^data:image\/(png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]+$/i
const REMOTE_IMAGE = /^\s*(https?:|\/\/)/i

/** A CSS value that can name no address and no expression: words, numbers, colours. */
const PLAIN_VALUE = [/^(?:[\w\s#%.,!+-]|rgba?\([\d\s.,%/]+\)|'[\w\s-]*'|"[\w\s-]*")*$/]
const STYLES = words(`
  background-color border border-bottom border-collapse border-color border-left border-radius
  border-right border-spacing border-style border-top border-width color direction font font-family
  font-size font-style font-weight height letter-spacing line-height list-style-type margin
  margin-bottom margin-left margin-right margin-top max-width min-width padding padding-bottom
  padding-left padding-right padding-top text-align text-decoration text-indent text-transform
  vertical-align white-space width word-break word-spacing
`)

const COMMON = { nestingLimit: 100, disallowedTagsMode: 'discard', enforceHtmlBoundary: false } as const

/**
 * A mail's HTML made harmless: no script, style sheet, form, frame or remote picture; links open elsewhere and tell
 * nobody where from. It is meant for a sandboxed frame all the same.
 */
export const sanitiseMail = (html: string): SanitisedMail => {
  let blockedImages = 0
  const safeHtml = sanitizeHtml(html, {
    ...COMMON,
    allowedTags: [...BLOCKS, ...INLINES],
    allowedAttributes: {
      '*': ['align', 'bgcolor', 'color', 'dir', 'lang', 'style', 'title', 'valign'],
      a: ['href', 'rel', 'target'],
      img: ['alt', 'height', 'src', 'width'],
      font: ['face', 'size'],
      ol: ['start', 'type'],
      table: ['border', 'cellpadding', 'cellspacing', 'width'],
      td: ['colspan', 'height', 'rowspan', 'width'],
      th: ['colspan', 'height', 'rowspan', 'width'],
    },
    allowedStyles: { '*': Object.fromEntries(STYLES.map((name) => [name, PLAIN_VALUE])) },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
    transformTags: {
      a: (tagName, attribs) => ({
        tagName,
        attribs: { ...attribs, target: '_blank', rel: 'noopener noreferrer nofollow' },
      }),
      img: (tagName, attribs) => {
        const { src = '' } = attribs
        if (REMOTE_IMAGE.test(src)) blockedImages += 1
        return { tagName, attribs }
      },
    },
    exclusiveFilter: ({ tag, attribs: { src = '' } }) => tag === 'img' && !EMBEDDED_IMAGE.test(src),
  })
  return { safeHtml, text: textOf(html), blockedImages }
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

/** What a person would read aloud. */
const textOf = (html: string): string =>
  sanitizeHtml(html, { ...COMMON, allowedTags: [...BLOCKS, 'br'], allowedAttributes: {} })
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/<br ?\/?>/g, '\n')
    .replaceAll(/<\/?[a-z0-9]+ ?\/?>/g, '\n')
    .replaceAll(/&(amp|lt|gt|quot);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll(/ *\n */g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
