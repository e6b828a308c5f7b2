import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { toast } from 'sonner'
import { messageOf } from '../../../shared/rpc/errors.js'
import { useText } from '../text/text.js'
import { RowButton } from './row-button.js'

interface CopyButtonProps {
  readonly text: string | (() => string)
  readonly label: string
}

const CONFIRM_MS = 1500

export function CopyButton({ text, label }: CopyButtonProps) {
  const words = useText().ui
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), CONFIRM_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => {
    navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => setCopied(true),
      (error: unknown) =>
        toast.error(words.notCopied, { description: words.copyYourself(messageOf(error)) }),
    )
  }
  return (
    <RowButton icon={copied ? Check : Copy} label={copied ? words.copied : label} onClick={copy} />
  )
}
