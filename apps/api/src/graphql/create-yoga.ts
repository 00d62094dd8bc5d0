import { type DocumentNode, GraphQLError, Kind, parse, visit } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import type { GraphQLContext, GraphQLServices, RequestContext } from './context.ts'
import { forbidden, maskError } from './errors.ts'
import { MAXIMUM_TOKENS, questionLimits } from './limits.ts'
import { schema } from './schema.ts'

/** A mail's answer with its quotes fits many times over. */
const MAXIMUM_BODY_BYTES = 256 * 1024

/**
 * `/graphql`: POST with JSON only; subscriptions over SSE (`accept: text/event-stream`). `createHandler(services)` gives
 * a request listener that takes the viewer as its third argument, and `fetch(url, init, {viewer})` for tests.
 */
export const createGraphQL = (services: GraphQLServices) =>
  createYoga<RequestContext, GraphQLContext>({
    schema,
    context: (request) => ({ ...services, viewer: request.viewer }),
    maskedErrors: {
      maskError: (error) => {
        return maskError(error, (hidden, reference) => {
          services.metrics.unexpectedErrors.inc({ where: 'graphql' })
          services.notices.report('UNEXPECTED_ERROR', { where: 'graphql', reference })
          services.log.error({ error: hidden, reference }, 'a GraphQL request failed')
        })
      },
    },
    maxRequestBodySize: MAXIMUM_BODY_BYTES,
    plugins: [limitQuestions, closeIntrospection, measureOperations(services)],
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    cors: false,
    logging: false,
  })

const limitQuestions: Plugin<GraphQLContext> = {
  onParse({ setParseFn }) {
    setParseFn((source: string, options?: object) => {
      try {
        return parse(source, { ...options, maxTokens: MAXIMUM_TOKENS })
      } catch (error) {
        throw error instanceof GraphQLError ? withCode(error) : error
      }
    })
  },
  onValidate({ addValidationRule }) {
    addValidationRule(questionLimits)
  },
}

const withCode = (error: GraphQLError): GraphQLError =>
  new GraphQLError(error.message, {
    source: error.source,
    positions: error.positions,
    extensions: { code: 'BAD_INPUT' },
  })

const asksForTheSchema = (document: DocumentNode): boolean => {
  let asks = false
  visit(document, {
    [Kind.FIELD]: (field) => {
      if (field.name.value === '__schema' || field.name.value === '__type') asks = true
    },
  })
  return asks
}

/** Who is not signed in learns nothing of the schema either. */
const closeIntrospection: Plugin<GraphQLContext> = {
  onExecute({ args, setResultAndStopExecution }) {
    if (args.contextValue.viewer !== null || !asksForTheSchema(args.document)) return
    setResultAndStopExecution({ errors: [forbidden(null)] })
  },
}

const measureOperations = ({ metrics }: GraphQLServices): Plugin<GraphQLContext> => ({
  onExecute({ args }) {
    const document: DocumentNode = args.document
    const kind =
      document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)?.operation ?? 'query'
    const end = metrics.operations.startTimer({ kind })
    return {
      onExecuteDone: ({ result }) => {
        if (Symbol.asyncIterator in result) return
        end({ outcome: result.errors?.length ? 'errors' : 'ok' })
      },
    }
  },
})
