'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Autocomplete, Menu, MenuItem } from 'react-aria-components'
import { useRouter } from '../../i18n/navigation.ts'
import { LayerDialog } from '../../ui/layer-dialog.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useCustomerName } from '../customer/customer-name.ts'
import { useCustomerSearch } from '../customer/use-customer-search.ts'

/** Name, number or address; arrows choose while the hands stay in the field. */
export function FindDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations()
  const router = useRouter()
  const nameOf = useCustomerName()
  const [text, setText] = useState('')
  const { customers, isLoading } = useCustomerSearch(text)
  return (
    <LayerDialog title={t('find.label')} isOpen onOpenChange={(open) => open || onClose()}>
      <Autocomplete inputValue={text} onInputChange={setText}>
        <TextInput label={t('find.field')} autoFocus />
        <Menu
          className="menu"
          aria-label={t('find.results')}
          items={customers}
          renderEmptyState={() => (
            <div className="menu-empty">{isLoading ? t('common.loading') : t('find.none')}</div>
          )}
          onAction={(key) => {
            onClose()
            router.push({ pathname: '/customers', query: { id: String(key) } })
          }}
        >
          {(customer) => {
            const name = nameOf(customer, customer.contactPoints[0])
            return (
              <MenuItem id={customer.id} className="menu-item" textValue={name}>
                <b>{name}</b>
                <span className="meta push cut">
                  {customer.contactPoints.map((point) => point.display).join(' · ')}
                </span>
              </MenuItem>
            )
          }}
        </Menu>
      </Autocomplete>
    </LayerDialog>
  )
}
