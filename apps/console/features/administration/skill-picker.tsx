'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Checkbox, CheckboxGroup, Label, Text } from 'react-aria-components'
import { skillFrom, skillName } from '../../format/skill.ts'
import { AddInput } from '../../ui/add-input.tsx'
import { Icon } from '../../ui/icons.tsx'
import type { useProblem } from '../../ui/use-problem.ts'

type Props = {
  readonly label: string
  readonly hint: string
  readonly chosen: readonly string[]
  readonly onChange: (skills: readonly string[]) => void
  /** What others have or ask for: the same word must be the same skill. */
  readonly inUse: readonly string[]
} & ReturnType<ReturnType<typeof useProblem<'skills'>>['at']>

/** Skills to tick, and a field for one that nobody has yet. */
export function SkillPicker({ label, hint, chosen, onChange, inUse, error, inputRef }: Props) {
  const t = useTranslations()
  const locale = useLocale()
  const [isUnknown, setUnknown] = useState(false)
  const shown = [...inUse, ...chosen.filter((skill) => !inUse.includes(skill))]
  return (
    <div className="field">
      <CheckboxGroup value={[...chosen]} onChange={onChange}>
        <Label className="label">{label}</Label>
        <div className="picks-wrap">
          {shown.map((skill) => (
            <Checkbox key={skill} value={skill} className="pickb">
              {chosen.includes(skill) ? <Icon name="check" size={14} /> : null}
              {skillName(skill, locale)}
            </Checkbox>
          ))}
        </div>
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      </CheckboxGroup>
      <AddInput
        label={t('skills.another')}
        add={t('skills.add')}
        error={isUnknown ? t('refusal.skillInvalid') : error}
        inputRef={inputRef}
        onAdd={(text) => {
          const skill = skillFrom(text, locale)
          setUnknown(skill === null)
          if (skill !== null && !chosen.includes(skill)) onChange([...chosen, skill])
          return skill !== null
        }}
      />
    </div>
  )
}
