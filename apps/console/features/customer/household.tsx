'use client'

import { useTranslations } from 'next-intl'
import { Button } from 'react-aria-components'
import type { ConversationOfQuery } from '../../gql/generated/graphql.ts'
import { KeyCap } from '../../keyboard/key-cap.tsx'
import { useShortcut } from '../../keyboard/shortcuts-provider.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useDesk } from '../desk/desk-provider.tsx'
import { useNotices } from '../frame/notices.tsx'
import { useCustomerName } from './customer-name.ts'
import { whyEach } from './household-reasons.ts'

type Candidates = NonNullable<ConversationOfQuery['interaction']>['candidates']

type Props = {
  readonly interactionId: string
  readonly channel: 'CALL' | 'EMAIL'
  readonly candidates: Candidates
  readonly shownCustomerId: string
  /** Only who has the contact may say whose it is. */
  readonly canChoose: boolean
  /** The hub has taken the choice: the contact is another customer's now. */
  readonly onChosen: () => void
}

/** Everybody who shares the number or address, best first, each with the reason; "it is" that one is one key away. */
export function Household(props: Props) {
  const { interactionId, channel, candidates, shownCustomerId, canChoose, onChosen } = props
  const t = useTranslations()
  const nameOf = useCustomerName()
  const { commands } = useDesk()
  const { announce } = useNotices()

  const choose = async (index: number) => {
    const candidate = candidates[index]
    if (candidate === undefined || candidate.customer.id === shownCustomerId) return
    if (await commands.chooseCustomer(interactionId, candidate.customer.id)) {
      onChosen()
      announce(
        t('household.chosen', { name: nameOf(candidate.customer, candidate.customer.contactPoints[0]) }),
      )
    }
  }
  useShortcut('itIs', (event) => void choose(Number(event.code.slice('Digit'.length)) - 1), canChoose)

  if (candidates.length < 2) return null
  const reasons = whyEach(candidates)
  return (
    <div className="card-block">
      <h3>
        <Icon name="home" size={14} />
        {t('household.title', { count: candidates.length, channel })}
      </h3>
      {candidates.map(({ customer, rank }, index) => {
        const name = nameOf(customer, customer.contactPoints[0])
        return (
          <div key={customer.id} className="pick">
            <span className="rank">{rank}</span>
            <b>{name}</b>
            {customer.id === shownCustomerId ? (
              <span className="tag">
                <Icon name="check" size={14} />
                {t('household.shown')}
              </span>
            ) : canChoose ? (
              <Button
                className="btn btn-small"
                onPress={() => void choose(index)}
                isDisabled={commands.pending.has('chooseCustomer')}
                {...(index < 9 ? { 'aria-keyshortcuts': `Alt+${index + 1}` } : {})}
              >
                {t('household.itIs', { name: firstName(name) })}{' '}
                {index < 9 ? <KeyCap id="itIs" digit={index + 1} /> : null}
              </Button>
            ) : (
              <span />
            )}
            <span className="why">{t(reasons[index] ?? 'household.otherReason')}</span>
          </div>
        )
      })}
    </div>
  )
}

/** What fits on the button; a number has no first name. */
const firstName = (name: string) => (/^\p{L}/u.test(name) ? (name.split(/\s+/)[0] ?? name) : name)
