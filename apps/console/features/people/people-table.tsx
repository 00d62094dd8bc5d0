'use client'

import { useLocale, useTranslations } from 'next-intl'
import { Button, Menu, MenuTrigger, Popover } from 'react-aria-components'
import { skillList } from '../../format/skill.ts'
import { Icon } from '../../ui/icons.tsx'
import { MenuChoice } from '../../ui/menu-choice.tsx'
import type { Account } from '../administration/use-administration.ts'
import { ROLE } from '../session/role-words.ts'
import { useMe } from '../session/session.tsx'

export type AccountAction = 'change' | 'newPassword' | 'remove'
type Props = {
  readonly onAct: (action: AccountAction, account: Account) => void
}

/** Everybody who may sign in, by name. */
export function PeopleTable({ accounts, onAct }: Props & { accounts: readonly Account[] }) {
  const t = useTranslations()
  return (
    <table className="table rows">
      <thead>
        <tr>
          <th scope="col">{t('people.name')}</th>
          <th scope="col">{t('customer.email')}</th>
          <th scope="col">{t('people.role')}</th>
          <th scope="col">{t('people.skills')}</th>
          <th scope="col">
            <span className="sr">{t('common.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <PersonRow key={account.id} account={account} onAct={onAct} />
        ))}
      </tbody>
    </table>
  )
}

function PersonRow({ account, onAct }: Props & { account: Account }) {
  const t = useTranslations()
  const locale = useLocale()
  const me = useMe()
  const skills = account.agent?.skills ?? []
  return (
    <tr>
      <th scope="row">
        <span className="row row-wrap">
          <Button className="link" onPress={() => onAct('change', account)}>
            {account.name}
          </Button>
          {account.id === me.accountId ? <span className="tag">{t('people.you')}</span> : null}
          {account.passwordStatus === 'ONE_TIME' ? (
            <span className="tag tag-warn">
              <Icon name="key" size={14} />
              {t('people.oneTimeUnused')}
            </span>
          ) : null}
        </span>
      </th>
      <td className="quiet">{account.email}</td>
      <td>{t(ROLE[account.role])}</td>
      <td className={account.agent ? 'quiet' : 'quiet none'}>
        {skills.length > 0 ? skillList(skills, locale) : account.agent ? t('people.noSkill') : '–'}
      </td>
      <td className="row-act">
        <PersonMenu account={account} isOwn={account.id === me.accountId} onAct={onAct} />
      </td>
    </tr>
  )
}

function PersonMenu({ account, isOwn, onAct }: Props & { account: Account; isOwn: boolean }) {
  const t = useTranslations()
  return (
    <MenuTrigger>
      <Button className="btn btn-quiet btn-icon" aria-label={t('people.actionsFor', { name: account.name })}>
        <Icon name="dots" />
      </Button>
      <Popover className="popover" placement="bottom end" data-layer="menu">
        <Menu className="menu">
          <MenuChoice icon="pen" text={t('people.change')} onChoose={() => onAct('change', account)} />
          {/* One's own password is changed with the old one, and nobody removes themselves. */}
          {isOwn ? null : (
            <>
              <MenuChoice
                icon="key"
                text={t('people.newPassword')}
                onChoose={() => onAct('newPassword', account)}
              />
              <MenuChoice icon="x" text={t('people.remove')} onChoose={() => onAct('remove', account)} />
            </>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
