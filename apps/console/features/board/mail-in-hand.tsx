'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useClient } from 'urql'
import { act } from '../../gql/act.ts'
import { type BoardAgentFragment, PutBackMailDocument } from '../../gql/generated/graphql.ts'
import { LayerDialog } from '../../ui/layer-dialog.tsx'
import { useNotices } from '../frame/notices.tsx'
import { Question } from '../people/question.tsx'
import { mayPutBackForOthers } from '../session/home-of.ts'
import { useMe } from '../session/session.tsx'

type Props = { readonly name: string; readonly mail: NonNullable<BoardAgentFragment['mailInHand']> }

/** The mail that somebody answers, and for who leads the floor the way back into its queue. */
export function MailInHand({ name, mail }: Props) {
  const t = useTranslations()
  const me = useMe()
  const client = useClient()
  const { tell } = useNotices()
  const [asks, setAsks] = useState(false)
  const { interactionId, subject } = mail
  return (
    <>
      <small>{subject || t('board.answersMail')}</small>
      {mayPutBackForOthers(me.role) ? (
        <Button className="link" onPress={() => setAsks(true)}>
          {t('board.takeBack')}
          <span className="sr"> {t('board.takeBackFor', { name })}</span>
        </Button>
      ) : null}
      <LayerDialog
        title={t('board.takeBackTitle')}
        subtitle={subject ? `${name} · ${subject}` : name}
        kind="question"
        isOpen={asks}
        onOpenChange={setAsks}
      >
        <Question
          texts={[t('board.takeBackText', { name })]}
          yes={t('mail.putBack')}
          onYes={() => act(client, PutBackMailDocument, { interactionId })}
          onDone={() => {
            setAsks(false)
            tell(t('board.takenBack'))
          }}
          onNo={() => setAsks(false)}
        />
      </LayerDialog>
    </>
  )
}
