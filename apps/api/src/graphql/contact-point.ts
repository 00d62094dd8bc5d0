import { type ContactPoint, unreachable } from '@centralino/domain'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { CUSTOMERS } from './access.ts'
import { ContactPointRef } from './refs.ts'

/** As people of its country group it: `+39 06 5550 0142`. What is no number stays as it is. */
export const displayPhone = (value: string): string =>
  parsePhoneNumberFromString(value)?.formatInternational() ?? value

const display = (point: Pick<ContactPoint, 'kind' | 'value'>): string => {
  switch (point.kind) {
    case 'phone':
      return displayPhone(point.value)
    case 'email':
      return point.value
    case 'anonymous':
    case 'noSender':
      // The value is the call's or the mail's id: nothing that a person reads.
      return ''
    default:
      return unreachable(point.kind)
  }
}

ContactPointRef.implement({
  authScopes: { role: CUSTOMERS },
  fields: (t) => ({
    kind: t.exposeString('kind', {
      description:
        'phone, email, anonymous (a call that withholds its number) or noSender (a mail that names none).',
    }),
    value: t.exposeString('value'),
    display: t.string({
      description:
        'Grouped by country for a phone; empty when the number is withheld, or there is no sender.',
      resolve: display,
    }),
  }),
})
