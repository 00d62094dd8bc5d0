'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components'
import { languageName } from '../../format/skill.ts'
import { LOCALES } from '../../i18n/routing.ts'
import { Icon } from '../../ui/icons.tsx'
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
  const [language, setLanguage] = useState<string | null>(null)

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
      <Select
        className="field"
        selectedKey={language}
        onSelectionChange={(key) => setLanguage(key === null ? null : String(key))}
        placeholder={t('nameForm.languageUnknown')}
      >
        <Label>{t('customer.speaks')}</Label>
        <Button className="input">
          <SelectValue />
          <span className="push row">
            <Icon name="down" size={14} />
          </span>
        </Button>
        <Popover className="popover" data-layer="list">
          <ListBox className="menu">
            {LOCALES.map((tag) => (
              <ListBoxItem key={tag} id={tag} className="menu-item">
                {languageName(tag, locale)}
              </ListBoxItem>
            ))}
          </ListBox>
        </Popover>
      </Select>
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
