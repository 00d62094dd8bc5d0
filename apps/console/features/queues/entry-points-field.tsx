'use client'

import { useTranslations } from 'next-intl'
import { type RefCallback, useId, useState } from 'react'
import { Button } from 'react-aria-components'
import { AddInput } from '../../ui/add-input.tsx'
import { Icon } from '../../ui/icons.tsx'
import { type EntryPoint, isAddress, readEntryPoint } from './entry-point.ts'

/** What leads to the queue, one a line, and a field for one more. */
export function EntryPointsField(props: {
  entryPoints: readonly EntryPoint[]
  onChange: (entryPoints: readonly EntryPoint[]) => void
  error: string | null
  inputRef: RefCallback<HTMLElement>
}) {
  const { entryPoints, onChange, error, inputRef } = props
  const t = useTranslations()
  const [isNone, setNone] = useState(false)
  const titleId = useId()
  const [input, setInput] = useState<HTMLElement | null>(null)
  const remove = (gone: EntryPoint) => {
    onChange(entryPoints.filter((one) => one !== gone))
    input?.focus()
  }
  return (
    <fieldset className="field" aria-labelledby={titleId}>
      <div className="label" id={titleId}>
        {t('queues.leadsHere')}
      </div>
      {entryPoints.length > 0 ? (
        <ul className="points">
          {entryPoints.map((one) => (
            <li key={one.value}>
              <PointMark value={one.value} />
              <span className="num">{one.display}</span>
              <Button
                className="btn btn-quiet btn-icon push"
                aria-label={t('queues.removePoint', { point: one.display })}
                onPress={() => remove(one)}
              >
                <Icon name="x" />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <AddInput
        label={t('queues.numberOrAddress')}
        add={t('queues.addPoint')}
        hint={t('queues.pointHint')}
        error={isNone ? t('refusal.entryPointInvalid') : error}
        inputRef={(element) => {
          setInput(element)
          inputRef(element)
        }}
        onAdd={(text) => {
          const point = readEntryPoint(text)
          setNone(point === null)
          if (point && !entryPoints.some(({ value }) => value === point.value)) {
            onChange([...entryPoints, point])
          }
          return point !== null
        }}
      />
    </fieldset>
  )
}

/** Number or address, for the eyes; the text itself tells everybody else. */
export function PointMark({ value }: { value: string }) {
  return (
    <span className="faint row">
      <Icon name={isAddress(value) ? 'mail' : 'phone'} size={14} />
    </span>
  )
}
