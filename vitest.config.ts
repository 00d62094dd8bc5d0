import { defineConfig } from 'vitest/config'

/**
 * Packages are resolved as Node itself resolves them. Vite's own conditions (`module`, `development`) would give our code
 * another copy of graphql than the one Pothos and Yoga import, and graphql refuses to work with two.
 */
const resolveLikeNode = { ssr: { resolve: { conditions: ['node', 'module-sync'] } } }

export default defineConfig({
  test: {
    projects: [
      {
        ...resolveLikeNode,
        test: {
          name: 'unit',
          include: ['{packages,apps,tools,bench}/**/*.unit.spec.{ts,tsx}'],
          environment: 'node',
        },
      },
      {
        ...resolveLikeNode,
        test: {
          name: 'int',
          include: ['{packages,apps,test,tools}/**/*.int.spec.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...resolveLikeNode,
        test: {
          name: 'e2e',
          include: ['test/**/*.e2e.spec.ts'],
          testTimeout: 240_000,
          hookTimeout: 180_000,
          // One hub, one browser and one set of peers at a time: two cores are the smallest machine we promise.
          fileParallelism: false,
        },
      },
    ],
  },
})
