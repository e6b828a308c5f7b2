import { Tooltip as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

interface TooltipProps {
  readonly text: string
  readonly keys?: string | undefined
  readonly side?: 'top' | 'right'
  readonly children: ReactNode
}

export const TooltipProvider = Radix.Provider

/** Names a control on hover and focus. The control itself still needs its own label. */
export function Tooltip({ text, keys, side, children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          {...(side && { side })}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex items-center gap-2 rounded-md border bg-raised px-2 py-1 text-text text-xs shadow-popover"
        >
          {text}
          {keys && <kbd className="font-sans text-faint">{keys}</kbd>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
