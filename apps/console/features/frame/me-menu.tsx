'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components'
import { initials } from '../../format/initials.ts'
import { usePathname, useRouter } from '../../i18n/navigation.ts'
import { LOCALES } from '../../i18n/routing.ts'
import { SOUND_KEY, soundChoice } from '../../phone/microphone.ts'
import { Icon } from '../../ui/icons.tsx'
import { MenuChoice } from '../../ui/menu-choice.tsx'
import { RING_KEY, ringChoice } from '../offer/ring-tone.ts'
import { ROLE } from '../session/role-words.ts'
import { hasLine, useMe } from '../session/session.tsx'
import { LANGUAGE_NAMES } from '../sign-in/language-choice.tsx'
import { signOut } from '../sign-in/sign-in-request.ts'
import { ChangePassword } from './change-password.tsx'
import { useNotices } from './notices.tsx'
import { setTheme, themeNow } from './theme.ts'

/** Who is signed in, and what they choose for this browser: language, light or dark, sound. */
export function MeMenu() {
  const t = useTranslations()
  const me = useMe()
  const locale = useLocale()
  const router = useRouter()
  const path = usePathname()
  const { tell } = useNotices()
  const [changesPassword, setChangesPassword] = useState(false)

  const leave = async () => {
    if (await signOut()) {
      // A whole new page: nothing of this person stays in memory.
      location.assign(`/${locale}/sign-in/`)
    } else {
      tell(t('refusal.unreachable'), 'warn')
    }
  }
  const toggleSound = () => {
    const next = soundChoice(localStorage) === 'clean' ? 'raw' : 'clean'
    localStorage.setItem(SOUND_KEY, next)
    tell(t(next === 'raw' ? 'me.soundRawDone' : 'me.soundCleanDone'))
  }

  const toggleRing = () => {
    const next = ringChoice(localStorage) === 'aloud' ? 'silent' : 'aloud'
    localStorage.setItem(RING_KEY, next)
    tell(t(next === 'aloud' ? 'me.ringOnDone' : 'me.ringOffDone'))
  }
  const allowNotifications = async () => {
    const isAllowed = 'Notification' in window && (await Notification.requestPermission()) === 'granted'
    tell(t(isAllowed ? 'me.notifyDone' : 'me.notifyDenied'), isAllowed ? 'plain' : 'warn')
  }

  return (
    <>
      <MenuTrigger>
        <Button className="rail-item me-item">
          <span className="me" aria-hidden="true">
            {initials(me.name) ?? <Icon name="user" />}
          </span>
          <span className="only-phone">{t('me.short')}</span>
          <span className="sr">{t('me.menu', { name: me.name })}</span>
        </Button>
        <Popover className="popover" placement="right bottom" data-layer="menu">
          <Menu className="menu">
            <MenuSection>
              <Header className="menu-head">
                {t('me.nameAndRole', { name: me.name, role: t(ROLE[me.role]) })}
              </Header>
              <MenuChoice
                icon="moon"
                text={t('me.theme')}
                onChoose={() => setTheme(themeNow() === 'dark' ? 'light' : 'dark')}
              />
              {hasLine(me) ? <MenuChoice icon="volume" text={t('me.sound')} onChoose={toggleSound} /> : null}
              {hasLine(me) ? <MenuChoice icon="phoneIn" text={t('me.ring')} onChoose={toggleRing} /> : null}
              {hasLine(me) ? (
                <MenuChoice icon="note" text={t('me.notify')} onChoose={() => void allowNotifications()} />
              ) : null}
            </MenuSection>
            <Separator className="menu-rule" />
            <MenuSection>
              <Header className="menu-head">{t('common.language')}</Header>
              {LOCALES.map((one) => (
                <MenuItem
                  key={one}
                  className="menu-item"
                  onAction={() => router.replace(path, { locale: one })}
                  textValue={LANGUAGE_NAMES[one]}
                >
                  <Icon name={one === locale ? 'check' : 'globe'} />
                  <span lang={one}>{LANGUAGE_NAMES[one]}</span>
                </MenuItem>
              ))}
            </MenuSection>
            <Separator className="menu-rule" />
            <MenuChoice icon="key" text={t('password.change')} onChoose={() => setChangesPassword(true)} />
            <MenuChoice icon="signOut" text={t('me.signOut')} onChoose={() => void leave()} />
          </Menu>
        </Popover>
      </MenuTrigger>
      {changesPassword ? <ChangePassword onClose={() => setChangesPassword(false)} /> : null}
    </>
  )
}
