'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { usePhone } from '../../phone/phone-provider.tsx'
import { useDesk } from '../desk/desk-provider.tsx'
import { useNotices } from '../frame/notices.tsx'

/** Ready means that the next call may ring here, so the microphone is tried first. */
export function useBecomeReady(): () => Promise<boolean> {
  const t = useTranslations()
  const { tell } = useNotices()
  const { commands } = useDesk()
  const { checkMicrophone } = usePhone()
  return useCallback(async () => {
    const trouble = await checkMicrophone()
    if (trouble !== null) {
      tell(t(trouble === 'insecure' ? 'microphone.notReadyInsecure' : 'microphone.notReady'), 'warn')
      return false
    }
    return commands.becomeReady()
  }, [checkMicrophone, commands, tell, t])
}
