'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { useClient } from 'urql'
import { act } from '../../gql/act.ts'
import { AddQueueDocument, ChangeQueueDocument } from '../../gql/generated/graphql.ts'
import type { MessageKey } from '../../i18n/message-key.ts'
import { FormProblem } from '../../ui/form-problem.tsx'
import { LayerDialog } from '../../ui/layer-dialog.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useProblem } from '../../ui/use-problem.ts'
import { WaitingButton } from '../../ui/waiting-button.tsx'
import { SkillPicker } from '../administration/skill-picker.tsx'
import type { Queue } from '../administration/use-administration.ts'
import { useNotices } from '../frame/notices.tsx'
import { refusalKey } from '../refusals/refusals.ts'
import { EntryPointsField } from './entry-points-field.tsx'
import { fieldOf, fieldsOf, NEW_QUEUE, type QueueField, type QueueFields, readQueue } from './queue-fields.ts'

const LONGEST_NAME = 200
const WRONG = {
  name: 'refusal.nameEmpty',
  entryPoints: 'refusal.entryPointInvalid',
  skills: 'refusal.skillInvalid',
  offerSeconds: 'queues.offerWrong',
  wrapUpSeconds: 'queues.wrapUpWrong',
} as const satisfies Record<QueueField, MessageKey>

type Props = {
  /** Null: a new one. */
  readonly queue: Queue | null
  readonly inUse: readonly string[]
  readonly onClose: () => void
}

export function QueueDialog(props: Props) {
  const t = useTranslations()
  return (
    <LayerDialog
      title={props.queue?.name ?? t('queues.addTitle')}
      kind="form"
      isOpen
      onOpenChange={(open) => open || props.onClose()}
    >
      <QueueForm {...props} />
    </LayerDialog>
  )
}

function QueueForm({ queue, inUse, onClose }: Props) {
  const t = useTranslations()
  const client = useClient()
  const { tell } = useNotices()
  const [fields, setFields] = useState<QueueFields>(queue ? fieldsOf(queue) : NEW_QUEUE)
  const [isSending, setSending] = useState(false)
  const { setProblem, whole, at } = useProblem<QueueField>()
  const change = (some: Partial<QueueFields>) => setFields((all) => ({ ...all, ...some }))

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (isSending) return
    const read = readQueue(fields)
    if (read.status === 'wrong') return setProblem({ field: read.field, text: t(WRONG[read.field]) })
    setProblem(null)
    setSending(true)
    const result = queue
      ? await act(client, ChangeQueueDocument, { queueId: queue.id, queue: read.queue })
      : await act(client, AddQueueDocument, { queue: read.queue })
    setSending(false)
    switch (result.status) {
      case 'done':
        tell(t('queues.saved', { name: read.queue.name }))
        return onClose()
      case 'refused':
        return setProblem({ field: fieldOf(result.code), text: t(refusalKey(result.code)) })
      case 'unreachable':
        return setProblem({ field: null, text: t('refusal.unreachable') })
    }
  }

  return (
    <form className="form" noValidate onSubmit={(event) => void save(event)}>
      <FormProblem text={whole} />
      <TextInput
        label={t('queues.name')}
        value={fields.name}
        onChange={(name) => change({ name })}
        maxLength={LONGEST_NAME}
        autoComplete="off"
        isRequired
        autoFocus
        {...at('name')}
      />
      <EntryPointsField
        entryPoints={fields.entryPoints}
        onChange={(entryPoints) => change({ entryPoints })}
        {...at('entryPoints')}
      />
      <SkillPicker
        label={t('queues.skills')}
        hint={t('queues.skillsHint')}
        chosen={fields.skills}
        onChange={(skills) => change({ skills })}
        inUse={inUse}
        {...at('skills')}
      />
      <div className="form-two">
        <TextInput
          label={t('queues.offerSeconds')}
          value={fields.offerSeconds}
          onChange={(offerSeconds) => change({ offerSeconds })}
          inputMode="numeric"
          autoComplete="off"
          hint={t('queues.offerHint')}
          {...at('offerSeconds')}
        />
        <TextInput
          label={t('queues.wrapUpSeconds')}
          value={fields.wrapUpSeconds}
          onChange={(wrapUpSeconds) => change({ wrapUpSeconds })}
          inputMode="numeric"
          autoComplete="off"
          hint={t('queues.wrapUpHint')}
          {...at('wrapUpSeconds')}
        />
      </div>
      <div className="form-foot">
        <Button className="btn" onPress={onClose}>
          {t('common.cancel')}
        </Button>
        <WaitingButton type="submit" className="btn btn-main" isWaiting={isSending}>
          {t(queue ? 'common.save' : 'queues.add')}
        </WaitingButton>
      </div>
    </form>
  )
}
