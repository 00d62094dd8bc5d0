'use client'

import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql'
import { act } from '../../gql/act.ts'
import * as documents from '../../gql/generated/graphql.ts'
import { useNotices } from '../frame/notices.tsx'
import { refusalKey } from '../refusals/refusals.ts'

export type CommandName =
  | 'becomeReady'
  | 'becomeNotReady'
  | 'signOff'
  | 'accept'
  | 'decline'
  | 'hold'
  | 'mute'
  | 'hangUp'
  | 'wrapUp'
  | 'chooseCustomer'
  | 'nameCustomer'
  | 'reply'
  | 'putBack'

/** Each tells whether the hub agreed; a refusal has been told to the agent by then. */
export type Commands = {
  readonly pending: ReadonlySet<CommandName>
  becomeReady(): Promise<boolean>
  becomeNotReady(reason: documents.NotReadyReason): Promise<boolean>
  signOff(): Promise<boolean>
  accept(offerId: string): Promise<boolean>
  decline(offerId: string): Promise<boolean>
  setHold(hold: boolean): Promise<boolean>
  setMuted(muted: boolean): Promise<boolean>
  hangUp(): Promise<boolean>
  wrapUp(interactionId: string, disposition: documents.Disposition, note: string): Promise<boolean>
  chooseCustomer(interactionId: string, customerId: string): Promise<boolean>
  nameCustomer(customerId: string, profile: documents.ProfileInput): Promise<boolean>
  /** A mail in hand waits in its queue again. */
  putBack(interactionId: string): Promise<boolean>
  reply(interactionId: string, text: string, close: boolean): Promise<boolean>
}

/** Everything an agent can order. One order of a kind at a time: a second press waits for the first one's answer. */
export function useCommands(): Commands {
  const client = useClient()
  const t = useTranslations()
  const { tell } = useNotices()
  const [pending, setPending] = useState<ReadonlySet<CommandName>>(new Set())

  return useMemo(() => {
    const run = async <V extends AnyVariables>(
      name: CommandName,
      document: TypedDocumentNode<{ outcome: documents.OutcomeOfFragment }, V>,
      variables: V,
    ) => {
      if (pending.has(name)) return false
      setPending((all) => new Set([...all, name]))
      const result = await act(client, document, variables)
      setPending((all) => new Set([...all].filter((one) => one !== name)))
      switch (result.status) {
        case 'done':
          return true
        case 'refused':
          tell(t(refusalKey(result.code)), 'warn')
          return false
        case 'unreachable':
          tell(t('refusal.unreachable'), 'warn')
          return false
      }
    }
    return {
      pending,
      becomeReady: () => run('becomeReady', documents.BecomeReadyDocument, {}),
      becomeNotReady: (reason) => run('becomeNotReady', documents.BecomeNotReadyDocument, { reason }),
      signOff: () => run('signOff', documents.SignOffDocument, {}),
      accept: (offerId) => run('accept', documents.AcceptOfferDocument, { offerId }),
      decline: (offerId) => run('decline', documents.DeclineOfferDocument, { offerId }),
      setHold: (hold) =>
        hold ? run('hold', documents.HoldDocument, {}) : run('hold', documents.ResumeDocument, {}),
      setMuted: (muted) =>
        muted ? run('mute', documents.MuteDocument, {}) : run('mute', documents.UnmuteDocument, {}),
      hangUp: () => run('hangUp', documents.HangUpDocument, {}),
      wrapUp: (interactionId, disposition, note) =>
        run('wrapUp', documents.WrapUpDocument, { interactionId, disposition, note }),
      chooseCustomer: (interactionId, customerId) =>
        run('chooseCustomer', documents.ChooseCustomerDocument, { interactionId, customerId }),
      nameCustomer: (customerId, profile) =>
        run('nameCustomer', documents.NameCustomerDocument, { customerId, profile }),
      putBack: (interactionId) => run('putBack', documents.PutBackMailDocument, { interactionId }),
      reply: (interactionId, text, close) =>
        run('reply', documents.ReplyDocument, { interactionId, text, close }),
    } satisfies Commands
  }, [client, t, tell, pending])
}
