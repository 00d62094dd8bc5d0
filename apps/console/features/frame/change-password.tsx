'use client'

import { useTranslations } from 'next-intl'
import { LayerDialog } from '../../ui/layer-dialog.tsx'
import { useDesk } from '../desk/desk-provider.tsx'
import { lineIsNeeded } from '../desk/line-rules.ts'
import { hasLine, useAskAgain, useMe } from '../session/session.tsx'
import { NewPasswordForm } from '../sign-in/new-password-form.tsx'
import { useNotices } from './notices.tsx'

/** A new password with the present one. Every other browser of this person is signed out by it. */
export function ChangePassword({ onClose }: { onClose: () => void }) {
  const t = useTranslations()
  const me = useMe()
  return (
    <LayerDialog
      title={t('password.change')}
      subtitle={t('password.changeLead')}
      kind="form"
      isOpen
      onOpenChange={(open) => open || onClose()}
    >
      {hasLine(me) ? <BetweenCalls onClose={onClose} /> : <Change onClose={onClose} notNow={null} />}
    </LayerDialog>
  )
}

/** The line is of the session that the old password opened, and ends with it. */
function BetweenCalls({ onClose }: { onClose: () => void }) {
  const t = useTranslations()
  const { desk } = useDesk()
  return <Change onClose={onClose} notNow={lineIsNeeded(desk) ? t('password.notInCall') : null} />
}

function Change({ onClose, notNow }: { onClose: () => void; notNow: string | null }) {
  const t = useTranslations()
  const me = useMe()
  const { tell } = useNotices()
  const askAgain = useAskAgain()
  return (
    <NewPasswordForm
      email={me.email}
      oneTimePassword={null}
      notNow={notNow}
      submit={t('password.save')}
      onCancel={onClose}
      onChanged={() => {
        onClose()
        tell(t('password.changed'))
        // The line was opened by the session that the old password had, and has ended with it.
        if (hasLine(me)) askAgain()
      }}
    />
  )
}
