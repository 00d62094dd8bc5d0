'use client'

import { Button, type ButtonProps } from 'react-aria-components'

/**
 * A button whose work is under way is shown so, and keeps the focus. Not by React Aria's `isPending`, which announces the
 * button by an id that is gone when the page has moved on; what came of it is said by the page itself.
 */
export function WaitingButton({ isWaiting, ...props }: ButtonProps & { isWaiting: boolean }) {
  return <Button {...props} {...(isWaiting ? { 'data-pending': true } : {})} />
}
