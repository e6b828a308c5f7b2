import { useEffect, useRef } from 'react'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { MENTION_ICONS } from './mention-chip.js'
import type { MentionOption } from './mention-options.js'
import type { Mentions } from './use-mentions.js'

export const MENTION_LIST = 'mention-list'
export const optionId = (index: number) => `mention-option-${index}`

/** What can be pointed at; the keys for it are heard by the field, which keeps the focus. */
export function MentionList({ mentions }: { readonly mentions: Mentions }) {
  const text = useText().chat.mentions
  const { open } = mentions
  if (open === null) return null
  const { options, active } = open
  return (
    <div className="absolute right-0 bottom-full left-0 z-30 mb-1.5 overflow-hidden rounded-[10px] border bg-raised shadow-popover">
      <p
        role="status"
        className={cx('px-3 py-2 text-muted', (options?.length ?? 0) > 0 && 'sr-only')}
      >
        {options === null
          ? text.searching
          : options.length === 0
            ? text.none
            : text.found(options.length)}
      </p>
      <div
        id={MENTION_LIST}
        role="listbox"
        aria-label={text.label}
        className="max-h-80 overflow-y-auto p-1 empty:hidden"
      >
        {options?.map((option, index) => (
          <Option
            key={`${option.kind} ${option.name}`}
            option={option}
            index={index}
            active={index === active}
            heading={
              options[index - 1] === undefined || groupOf(options[index - 1]) !== groupOf(option)
            }
            mentions={mentions}
          />
        ))}
      </div>
    </div>
  )
}

type Group = 'files' | 'agents' | 'tasks'

function groupOf(option: MentionOption | undefined): Group {
  if (option?.kind === 'agent') return 'agents'
  return option?.kind === 'task' ? 'tasks' : 'files'
}

interface OptionProps {
  readonly option: MentionOption
  readonly index: number
  readonly active: boolean
  /** The first one of its group. */
  readonly heading: boolean
  readonly mentions: Mentions
}

function Option({ option, index, active, heading, mentions }: OptionProps) {
  const text = useText().chat.mentions
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const Icon = MENTION_ICONS[option.kind]
  const isTask = option.kind === 'task'
  const title = isTask ? option.detail : (option.name.split('/').at(-1) ?? option.name)
  return (
    <>
      {heading && (
        <p aria-hidden className="px-2 pt-1.5 pb-0.5 text-faint text-xs">
          {text[groupOf(option)]}
        </p>
      )}
      <div
        ref={row}
        id={optionId(index)}
        role="option"
        tabIndex={-1}
        aria-selected={active}
        // Before the field loses the focus to it.
        onMouseDown={(event) => {
          event.preventDefault()
          mentions.choose(option)
        }}
        onMouseMove={() => {
          if (!active) mentions.point(index)
        }}
        className={cx(
          'flex h-7 cursor-default items-center gap-2 rounded px-2',
          active && 'bg-selected',
        )}
      >
        <Icon aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-muted" />
        <span className="max-w-[60%] shrink-0 truncate">{title}</span>
        <span className="min-w-0 flex-1 truncate text-muted text-xs">
          {isTask ? option.name : option.detail}
        </span>
      </div>
    </>
  )
}
