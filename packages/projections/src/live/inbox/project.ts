import type { Projection } from '../../projector/projection.ts'
import { toJson } from '../../read-model-store/json.ts'
import { interactionCandidateTable, interactionTable } from './view.ts'

/** Every contact, whom it is of and how far it got. */
export const inbox: Projection = {
  name: 'inbox',
  tables: [interactionTable, interactionCandidateTable],
  on: {
    InteractionOpened: (data, rows) => {
      const { interactionId, carrier } = data
      const threadId = carrier.kind === 'thread' ? carrier.threadId : null
      // The mail may stand in the log before the interaction that it opened.
      const thread = threadId === null ? null : rows.get('mail_thread', threadId)
      rows.put('interaction', {
        interaction_id: interactionId,
        customer_id: data.customerId,
        channel: data.channel,
        direction: data.direction,
        status: 'open',
        queue_id: null,
        agent_id: null,
        subject: data.subject,
        contact_point: toJson(data.contactPoint),
        entry_point: data.entryPoint,
        call_id: carrier.kind === 'call' ? carrier.callId : null,
        thread_id: threadId,
        opened_at: data.at,
        queued_at: null,
        handling_started_at: null,
        handling_ended_at: null,
        closed_at: null,
        closed_how: null,
        reopened_why: null,
        chasers: 0,
        disposition: null,
        note: null,
        excerpt: thread?.last_interaction_id === interactionId ? thread.last_excerpt : null,
      })
      for (const { customerId, rank, why } of data.candidates)
        rows.put('interaction_candidate', {
          interaction_id: interactionId,
          customer_id: customerId,
          rank,
          why,
        })
    },
    InteractionQueued: ({ interactionId, queueId, at }, rows) =>
      rows.patch('interaction', interactionId, { status: 'queued', queue_id: queueId, queued_at: at }),
    InteractionOffered: ({ interactionId }, rows) =>
      rows.patch('interaction', interactionId, { status: 'offered' }),
    InteractionOfferEnded: ({ interactionId }, rows) =>
      rows.patch('interaction', interactionId, { status: 'queued' }),
    InteractionHandlingStarted: ({ interactionId, agentId, at }, rows) =>
      rows.patch('interaction', interactionId, {
        status: 'handling',
        agent_id: agentId,
        handling_started_at: at,
        handling_ended_at: null,
      }),
    InteractionHandlingEnded: ({ interactionId, at }, rows) =>
      rows.patch('interaction', interactionId, { status: 'wrapUp', handling_ended_at: at }),
    InteractionReturnedToQueue: ({ interactionId, queueId, why, at }, rows) => {
      const queued = { status: 'queued', queue_id: queueId, agent_id: null } as const
      // A caller was served and waits anew; a mail that was put back has waited all the time.
      rows.patch('interaction', interactionId, why === 'agentLost' ? { ...queued, queued_at: at } : queued)
    },
    InteractionWrappedUp: ({ interactionId, agentId, disposition, note }, rows) =>
      rows.patch('interaction', interactionId, { agent_id: agentId, disposition, note }),
    InteractionClosed: ({ interactionId, how, at }, rows) =>
      rows.patch('interaction', interactionId, {
        status: 'closed',
        closed_how: how,
        closed_at: at,
        reopened_why: null,
        chasers: 0,
      }),
    // What it was wrapped up with holds no more; the note tells the next agent what the last one thought.
    InteractionReopened: ({ interactionId, queueId, why, at }, rows) =>
      rows.patch('interaction', interactionId, {
        status: 'queued',
        queue_id: queueId,
        agent_id: null,
        queued_at: at,
        closed_at: null,
        closed_how: null,
        disposition: null,
        reopened_why: why,
      }),
    InteractionChased: ({ interactionId }, rows) => {
      const chasers = rows.get('interaction', interactionId)?.chasers
      if (chasers !== undefined) rows.patch('interaction', interactionId, { chasers: chasers + 1 })
    },
    InteractionCustomerChosen: ({ interactionId, to }, rows) =>
      rows.patch('interaction', interactionId, { customer_id: to }),
    // What a person wrote is what it is about.
    MailReceived: ({ interactionId, excerpt, automatic }, rows) => {
      if (automatic === null || rows.get('interaction', interactionId)?.excerpt === null)
        rows.patch('interaction', interactionId, { excerpt })
    },
    ReplySubmitted: ({ interactionId, excerpt }, rows) =>
      rows.patch('interaction', interactionId, { excerpt, chasers: 0 }),
  },
}
