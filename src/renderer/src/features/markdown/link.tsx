import type { ReactNode } from 'react'
import { useText } from '../../text/text.js'

interface LinkProps {
  readonly href: string
  readonly children: ReactNode
}

/** Leads out of the program, to the web or to a mail and nowhere else. */
export function Link({ href, children }: LinkProps) {
  if (!/^(https?|mailto):/i.test(href)) return <span>{children}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}

/** Loading an image would tell its server that this text was read; a link asks first. */
export function ImageLink({ href, children }: LinkProps) {
  const text = useText().chat.markdown
  return <Link href={href}>{children || text.image}</Link>
}
