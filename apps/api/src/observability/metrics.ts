import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** The hub's own figures, in Prometheus text. Labels are short fixed lists, never an id or an address. */
export type Metrics = ReturnType<typeof createMetrics>

const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

export const createMetrics = (options: { readonly processMetrics?: boolean } = {}) => {
  const registry = new Registry()
  if (options.processMetrics ?? false) collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    signIns: new Counter({
      name: 'centralino_sign_ins_total',
      help: 'Sign-in tries by outcome.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    administration: new Counter({
      name: 'centralino_administration_actions_total',
      help: 'What administrators did to accounts and queues, by action and outcome (done, refused, failed).',
      labelNames: ['action', 'outcome'] as const,
      registers,
    }),
    operations: new Histogram({
      name: 'centralino_graphql_operation_seconds',
      help: 'Time from a GraphQL request to its answer; subscriptions are left out.',
      labelNames: ['kind', 'outcome'] as const,
      buckets: LATENCY_BUCKETS,
      registers,
    }),
    subscriptions: new Gauge({
      name: 'centralino_graphql_subscriptions',
      help: 'Open GraphQL subscriptions.',
      labelNames: ['field'] as const,
      registers,
    }),
    feedStreams: new Gauge({
      name: 'centralino_feed_streams',
      help: 'Open streams of GET /events.',
      registers,
    }),
    webhookTries: new Counter({
      name: 'centralino_webhook_tries_total',
      help: 'Tries to deliver an event to a webhook, by outcome: delivered, failed, gone (410), deadLetter (failed for the last time).',
      labelNames: ['outcome'] as const,
      registers,
    }),
    webhooks: new Gauge({
      name: 'centralino_webhooks',
      help: 'Webhooks, by state: delivering, retrying, disabled.',
      labelNames: ['state'] as const,
      registers,
    }),
    webhookDeadLetters: new Gauge({
      name: 'centralino_webhook_dead_letters',
      help: 'Events that were not delivered and wait to be sent again by hand.',
      registers,
    }),
    unexpectedErrors: new Counter({
      name: 'centralino_unexpected_errors_total',
      help: 'Errors that were masked to the outside, by where.',
      labelNames: ['where'] as const,
      registers,
    }),
    projected: new Counter({
      name: 'centralino_projected_events_total',
      help: 'Events folded into the read models.',
      registers,
    }),
    projectionLag: new Histogram({
      name: 'centralino_projection_lag_seconds',
      help: 'Time from the append of an event to its rows, once caught up.',
      buckets: LATENCY_BUCKETS,
      registers,
    }),
    eventStore: new Gauge({
      name: 'centralino_event_store',
      help: 'How the log stands with its servers, by figure: connected (0 or 1), appends pending and their limit, and since the start appends refused, calls repeated, reconnects and resubscriptions.',
      labelNames: ['figure'] as const,
      registers,
    }),
    agents: new Gauge({
      name: 'centralino_agents',
      help: 'Agents on the floor, by presence.',
      labelNames: ['presence'] as const,
      registers,
    }),
    contacts: new Gauge({
      name: 'centralino_contacts',
      help: 'Contacts now: calls (whether waiting or talking), and what waits in the queues, by kind.',
      labelNames: ['kind'] as const,
      registers,
    }),
    connections: new Gauge({
      name: 'centralino_connection',
      help: 'Whom the hub is connected with: 1 for the state that each part is in.',
      labelNames: ['part', 'state'] as const,
      registers,
    }),
    notices: new Counter({
      name: 'centralino_operator_notices_total',
      help: 'Operator notices by code.',
      labelNames: ['code'] as const,
      registers,
    }),
    edge: new Gauge({
      name: 'centralino_edge_counter',
      help: "The voice edge's counters since its start, by name.",
      labelNames: ['counter'] as const,
      registers,
    }),
  }
}
