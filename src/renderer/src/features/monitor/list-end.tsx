import { useText, useWords } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import type { Listing } from './use-listing.js'

/** How much of everything that fits is shown, and the way to more of it. */
export function ListEnd({ listing }: { readonly listing: Listing }) {
  const text = useText().monitor
  const locale = useWords((words) => words.locale)
  const { tasks, total, hasMore, asking, error, showMore } = listing
  const number = (count: number) => count.toLocaleString(locale)
  const shown = hasMore
    ? total === null
      ? text.firstFound(number(tasks.length))
      : text.firstOf(number(tasks.length), number(total))
    : text.shown(tasks.length)
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 border-t px-3 py-1 text-muted text-xs">
      {error === null ? (
        <output className="figures">{asking ? text.asking : shown}</output>
      ) : (
        <p role="alert" className="text-bad">
          {text.onlyLoaded(error)}
        </p>
      )}
      {hasMore && (
        <Button small kind="quiet" onClick={showMore}>
          {text.more}
        </Button>
      )}
    </div>
  )
}
