import type { CodegenConfig } from '@graphql-codegen/cli'

/** Types of every document in the console, from the hub's committed schema. `npm run codegen` writes `gql/generated/`. */
const config: CodegenConfig = {
  schema: '../api/schema.graphql',
  documents: ['features/**/*.graphql', 'gql/*.graphql'],
  ignoreNoDocuments: true,
  emitLegacyCommonJSImports: false,
  importExtension: '.ts',
  generates: {
    './gql/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        scalars: { Instant: 'string' },
        strictScalars: true,
        dedupeFragments: true,
        skipTypename: false,
        arrayInputCoercion: false,
      },
    },
  },
}

export default config
