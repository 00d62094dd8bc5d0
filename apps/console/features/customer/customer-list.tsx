'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button, GridList, GridListItem } from 'react-aria-components'
import { initials } from '../../format/initials.ts'
import { useDates } from '../../format/use-dates.ts'
import type { CustomerCardFragment } from '../../gql/generated/graphql.ts'
import { useRouter } from '../../i18n/navigation.ts'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useCustomerName } from './customer-name.ts'
import { useCustomerSearch } from './use-customer-search.ts'

/** Everybody we know, and those we do not know yet. */
export function CustomerList() {
  const t = useTranslations()
  const router = useRouter()
  const nameOf = useCustomerName()
  const [text, setText] = useState('')
  const { customers, isLoading, hasFailed, hasMore, again } = useCustomerSearch(text)

  return (
    <div className="sheet page">
      <header className="sheet-head">
        <h1>{t('customers.title')}</h1>
        <div className="push sheet-find">
          <TextInput label={t('find.field')} value={text} onChange={setText} />
        </div>
      </header>
      <div className="sheet-body">
        {isLoading ? (
          <Skeleton />
        ) : hasFailed ? (
          <Empty icon="warn" tone="late" title={t('customers.failed')} text={t('timeline.failedText')}>
            <Button className="btn" onPress={again}>
              {t('common.tryAgain')}
            </Button>
          </Empty>
        ) : customers.length === 0 ? (
          <Nobody text={text} onDrop={() => setText('')} />
        ) : (
          <>
            <GridList
              className="people"
              aria-label={t('customers.title')}
              items={customers}
              onAction={(key) => router.push({ pathname: '/customers', query: { id: String(key) } })}
            >
              {(customer) => (
                <GridListItem
                  id={customer.id}
                  className="people-row"
                  textValue={nameOf(customer, customer.contactPoints[0])}
                >
                  <PersonRow customer={customer} />
                </GridListItem>
              )}
            </GridList>
            {hasMore ? <p className="menu-empty">{t('customers.more')}</p> : null}
          </>
        )}
      </div>
    </div>
  )
}

function Nobody({ text, onDrop }: { text: string; onDrop: () => void }) {
  const t = useTranslations()
  return text.trim() === '' ? (
    <Empty icon="users" title={t('customers.none')} text={t('customers.noneText')} />
  ) : (
    <Empty
      icon="filter"
      title={t('customers.noneFound', { text: text.trim() })}
      text={t('customers.noneFoundText')}
    >
      <Button className="btn" onPress={onDrop}>
        {t('customers.dropSearch')}
      </Button>
    </Empty>
  )
}

function PersonRow({ customer }: { customer: CustomerCardFragment }) {
  const t = useTranslations()
  const writeDate = useDates()
  const nameOf = useCustomerName()
  return (
    <>
      <span className="face face-s" aria-hidden="true">
        {initials(customer.name) ?? <Icon name="user" size={14} />}
      </span>
      <b className="clamp">{nameOf(customer, customer.contactPoints[0])}</b>
      <span className="quiet clamp people-reach">
        {customer.contactPoints.map((point) => point.display).join(' · ')}
      </span>
      <span className="meta num">
        {customer.lastContactAt === null
          ? t('customer.noContactYet')
          : writeDate('date', customer.lastContactAt)}
      </span>
    </>
  )
}
