import type { InboxItem } from '../../../../shared/model/inbox.js'
import { useHost } from '../../app/host.js'
import { useInbox } from '../../stores/inbox.js'
import { useText } from '../../text/text.js'
import { failed } from '../../ui/failure.js'
import { isDismissible } from './inbox-look.js'

/** What can be done about an item without a form. */
export function useInboxActions() {
  const host = useHost()
  const text = useText().inbox
  const dismiss = (itemIds: readonly string[]) => {
    if (itemIds.length === 0) return
    host.call('inbox.dismiss', { itemIds: [...itemIds] }).then(({ counts }) => {
      const gone = new Set(itemIds)
      useInbox.setState(({ items }) => {
        return { counts, items: items?.filter(({ id }) => !gone.has(id)) ?? null }
      })
    }, failed(text.notDismissed))
  }
  return {
    dismiss: (item: InboxItem) => {
      if (isDismissible(item)) dismiss([item.id])
    },
    dismissAll: () => {
      const items = useInbox.getState().items ?? []
      // A decision about changes that is put off is no decision: each of them is put off by itself.
      dismiss(
        items.filter((item) => isDismissible(item) && item.kind !== 'change').map(({ id }) => id),
      )
    },
    retry: ({ kind, taskId }: InboxItem) => {
      if (kind !== 'failure' || taskId === undefined) return
      host.call('task.retry', { taskId }).catch(failed(text.notRetried))
    },
    cancel: ({ taskId }: InboxItem) => {
      if (taskId === undefined) return
      host.call('task.cancel', { taskId }).catch(failed(text.notCancelled))
    },
  }
}
