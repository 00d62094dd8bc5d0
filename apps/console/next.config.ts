import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin('./i18n/request.ts')

/** A static export: the hub serves `out/` on the origin of its API, so the console needs no server of its own. */
const config: NextConfig = {
  output: 'export',
  trailingSlash: true,
  images: { unoptimized: true },
  reactStrictMode: true,
  poweredByHeader: false,
  // Next's own check needs the API of TypeScript 6; `npm run check` runs `tsc -p apps/console` (TypeScript 7) instead.
  typescript: { ignoreBuildErrors: true },
}

export default withNextIntl(config)
