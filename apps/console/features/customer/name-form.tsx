'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { languageName } from '../../format/skill.ts'
import { LOCALES, type Locale } from '../../i18n/routing.ts'
import { SelectInput } from '../../ui/select-input.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useDesk } from '../desk/desk-provider.tsx'
import { useNotices } from '../frame/notices.tsx'

const LONGEST = 200

/** Gives somebody we do not know yet a name. Their contacts so far stay with them. */
export function NameForm({ customerId }: { customerId: string }) {
  const t = useTranslations()
  const locale = useLocale()
  const { commands } = useDesk()
  const { announce } = useNotices()
  const [name, setName] = useState('')
  const [place, setPlace] = useState('')
  const [language, setLanguage] = useState<Locale | null>(null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const profile = { name: name.trim(), place: place.trim() || null, language }
    if (await commands.nameCustomer(customerId, profile)) announce(t('nameForm.done', { name: profile.name }))
  }

  return (
    <form
      className="card-block name-form"
      onSubmit={(event) => void submit(event)}
      aria-label={t('nameForm.title')}
    >
      <h3>{t('nameForm.title')}</h3>
      <TextInput label={t('nameForm.name')} value={name} onChange={setName} isRequired maxLength={LONGEST} />
      <TextInput label={t('nameForm.place')} value={place} onChange={setPlace} maxLength={LONGEST} />
      <SelectInput
        label={t('customer.speaks')}
        value={language}
        onChange={setLanguage}
        options={LOCALES.map((tag) => ({ value: tag, label: languageName(tag, locale) }))}
        placeholder={t('nameForm.languageUnknown')}
      />
      <Button
        type="submit"
        className="btn"
        isDisabled={name.trim() === '' || commands.pending.has('nameCustomer')}
      >
        {t('nameForm.save')}
      </Button>
    </form>
  )
}
