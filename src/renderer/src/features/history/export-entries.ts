import { toast } from 'sonner'
import type { ExportFormat } from '../../../../shared/model/history.js'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { Host } from '../../app/host.js'
import { filterOf, useHistory } from '../../stores/history.js'
import { currentText, useWords } from '../../text/text.js'
import { showFailure } from '../../ui/failure.js'
import { saveFile } from '../../ui/save-file.js'

const PIECE = 500
const KINDS = {
  json: { ending: 'json', type: 'application/json' },
  csv: { ending: 'csv', type: 'text/csv' },
  markdown: { ending: 'md', type: 'text/markdown' },
} as const

/** Writes what was found, or what of it is selected, into a file, piece by piece; it can be stopped. */
export async function exportEntries(
  host: Host,
  format: ExportFormat,
  taskIds: readonly TaskId[],
): Promise<void> {
  const text = currentText().history
  const { locale } = useWords.getState()
  const given = new AbortController()
  const { signal } = given
  const wanted =
    taskIds.length > 0
      ? { taskIds: [...taskIds] }
      : filterOf(useHistory.getState().question, Date.now())
  const action = { label: text.stop, onClick: () => given.abort() }
  const note = toast.loading(text.exporting('0'), { action })
  const pieces: BlobPart[] = []
  let count = 0
  try {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const at = cursor === undefined ? {} : { cursor }
      const params = { ...wanted, format, limit: PIECE, ...at }
      const piece = await host.call('history.export', params, { signal })
      signal.throwIfAborted()
      pieces.push(piece.text)
      count += piece.count
      cursor = piece.nextCursor
      toast.loading(text.exporting(count.toLocaleString(locale)), { id: note, action })
    }
    const { ending, type } = KINDS[format]
    saveFile(`history.${ending}`, new Blob(pieces, { type }))
    toast.success(text.exported(count.toLocaleString(locale)), { id: note, action: null })
  } catch (error) {
    toast.dismiss(note)
    if (!signal.aborted) showFailure(text.notExported, error)
  }
}
