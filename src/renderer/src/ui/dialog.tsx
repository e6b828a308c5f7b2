import { X } from 'lucide-react'
import { Dialog as Radix, AlertDialog as RadixAlert } from 'radix-ui'
import type { ReactNode } from 'react'
import { useText } from '../text/text.js'
import { Button } from './button.js'
import { cx } from './class-names.js'
import { IconButton } from './icon-button.js'

interface DialogProps {
  readonly title: string
  readonly description?: string
  readonly wide?: boolean
  /** For what is nearly a window of its own. */
  readonly size?: 'large'
  /** A click beside it does not close it, since what was typed would be lost. */
  readonly holdsText?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

const OVERLAY = 'fixed inset-0 z-40 bg-overlay'
const PANEL =
  'fixed top-1/2 left-1/2 z-40 max-h-[85vh] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 rounded-[10px] border bg-raised shadow-popover focus:outline-none'

export function Dialog(props: DialogProps) {
  const { title, description, wide, size, holdsText, onClose, children } = props
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY} />
        <Radix.Content
          className={cx(
            PANEL,
            'flex flex-col overflow-hidden',
            size === 'large' ? 'max-w-4xl' : wide ? 'max-w-2xl' : 'max-w-md',
          )}
          onOpenAutoFocus={focusDialog}
          onInteractOutside={(event) => holdsText && event.preventDefault()}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className="flex h-12 shrink-0 items-center justify-between border-b pr-3 pl-5">
            <Radix.Title className="font-semibold text-base">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton icon={X} label={useText().ui.close} />
            </Radix.Close>
          </header>
          {description && (
            <Radix.Description className="px-5 pt-3 text-muted">{description}</Radix.Description>
          )}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The dialog itself, so that no control of it is marked before anybody has moved. */
function focusDialog(event: Event): void {
  event.preventDefault()
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
}

interface ConfirmProps {
  readonly title: string
  readonly description: string
  readonly confirm: string
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ title, description, confirm, onConfirm, onClose }: ConfirmProps) {
  return (
    <RadixAlert.Root open onOpenChange={(open) => !open && onClose()}>
      <RadixAlert.Portal>
        <RadixAlert.Overlay className={OVERLAY} />
        <RadixAlert.Content className={cx(PANEL, 'max-w-sm p-5')}>
          <RadixAlert.Title className="font-semibold text-base">{title}</RadixAlert.Title>
          <RadixAlert.Description className="mt-2 text-muted">{description}</RadixAlert.Description>
          <div className="mt-5 flex justify-end gap-2">
            <RadixAlert.Cancel asChild>
              <Button>{useText().ui.keep}</Button>
            </RadixAlert.Cancel>
            <RadixAlert.Action asChild>
              <Button kind="danger" onClick={onConfirm}>
                {confirm}
              </Button>
            </RadixAlert.Action>
          </div>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  )
}
