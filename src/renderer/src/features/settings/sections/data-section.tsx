import { type ChangeEvent, useRef, useState } from 'react'
import type { ParamsOf, ResultOf } from '../../../../../shared/rpc/contract.js'
import { messageOf } from '../../../../../shared/rpc/errors.js'
import { useHost } from '../../../app/host.js'
import { useSettings } from '../../../stores/settings.js'
import { useText } from '../../../text/text.js'
import { Button } from '../../../ui/button.js'
import { saveFile } from '../../../ui/save-file.js'
import { SettingRow } from '../setting-row.js'
import { useSaver } from '../use-saving.js'

type Document = ParamsOf<'settings.import'>['document']

/** What the program is, where its data lie, and how settings get from one machine to another. */
export function DataSection() {
  return (
    <>
      <Export />
      <Import />
      <About />
    </>
  )
}

function Export() {
  const host = useHost()
  const text = useText().settings
  const [note, setNote] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const run = () => {
    host.call('settings.export', {}).then(
      (document) => {
        const file = `smart-agents-settings-${document.exportedAt.slice(0, 10)}.json`
        const content = JSON.stringify(document, null, 2)
        saveFile(file, new Blob([content], { type: 'application/json' }))
        setNote(text.data.exported(file))
        setError(null)
      },
      (reason: unknown) => setError(`${text.data.notExported}: ${messageOf(reason)}`),
    )
  }
  return (
    <SettingRow item="export" error={error} note={<span role="status">{note}</span>}>
      {(ids) => (
        <Button aria-describedby={ids['aria-describedby']} onClick={run}>
          {text.data.export}
        </Button>
      )}
    </SettingRow>
  )
}

interface Preview {
  readonly document: Document
  readonly answer: ResultOf<'settings.import'>
}

/** Shows what would change before it does. */
function Import() {
  const host = useHost()
  const text = useText().settings.data
  const saver = useSaver()
  const chooser = useRef<HTMLInputElement>(null)
  const [preview, setPreview] = useState<Preview | null>(null)
  const [error, setError] = useState<string | null>(null)
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const field = event.currentTarget
    const file = field.files?.[0]
    if (file === undefined) return
    setPreview(null)
    setError(null)
    saver.forget()
    try {
      // The host says what does not fit.
      const document = parsed(await file.text()) as Document
      const answer = await host.call('settings.import', { document, dryRun: true })
      setPreview({ document, answer })
    } catch (reason) {
      const told =
        reason instanceof SyntaxError ? text.notJson(file.name, reason.message) : messageOf(reason)
      setError(told)
    } finally {
      // So that the same file can be chosen again after it was mended.
      field.value = ''
    }
  }
  const apply = (document: Document) => {
    saver.wait(host.call('settings.import', { document }))
    setPreview(null)
  }
  return (
    <SettingRow item="import" saving={saver} error={error} below>
      {(ids) => (
        <div>
          <input
            ref={chooser}
            type="file"
            accept=".json,application/json"
            hidden
            onChange={(event) => void read(event)}
          />
          <Button
            aria-describedby={ids['aria-describedby']}
            onClick={() => chooser.current?.click()}
          >
            {text.import}
          </Button>
          {preview && (
            <Changes
              answer={preview.answer}
              onApply={() => apply(preview.document)}
              onCancel={() => setPreview(null)}
            />
          )}
        </div>
      )}
    </SettingRow>
  )
}

function parsed(text: string): unknown {
  return JSON.parse(text)
}

interface ChangesProps {
  readonly answer: ResultOf<'settings.import'>
  readonly onApply: () => void
  readonly onCancel: () => void
}

function Changes({ answer: { changes, skipped }, onApply, onCancel }: ChangesProps) {
  const text = useText().settings.data
  return (
    <div role="status" className="mt-3 rounded-md border">
      <p className="px-3 py-2 font-medium">
        {changes.length === 0 ? text.noChanges : text.changes(changes.length)}
      </p>
      {changes.length > 0 && (
        <div className="max-h-64 overflow-y-auto border-t" tabIndex={0}>
          <table className="w-full text-left text-xs">
            <thead className="text-muted">
              <tr>
                <th className="px-3 py-1.5 font-medium">{text.setting}</th>
                <th className="px-3 py-1.5 font-medium">{text.from}</th>
                <th className="px-3 py-1.5 font-medium">{text.to}</th>
              </tr>
            </thead>
            <tbody className="font-mono">
              {changes.map(({ key, from, to }) => (
                <tr key={key} className="border-t align-top">
                  <td className="break-all px-3 py-1.5">{key}</td>
                  <td className="break-all px-3 py-1.5 text-muted">{JSON.stringify(from)}</td>
                  <td className="break-all px-3 py-1.5">{JSON.stringify(to)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {skipped.map(({ key, message }) => (
        <p key={message} className="border-t px-3 py-1.5 text-warn text-xs">
          {text.skipped}: {key} ({message})
        </p>
      ))}
      <div className="flex justify-end gap-2 border-t px-3 py-2">
        <Button onClick={onCancel}>{text.cancel}</Button>
        {changes.length > 0 && (
          <Button kind="primary" onClick={onApply}>
            {text.apply}
          </Button>
        )}
      </div>
    </div>
  )
}

function About() {
  const text = useText().settings.data
  const health = useSettings((state) => state.health)
  return (
    <SettingRow item="about" below>
      {() =>
        health && (
          <div className="text-xs">
            <p>{text.version(health.version)}</p>
            <p className="mt-1 text-muted">
              {text.directory} <span className="break-all font-mono">{health.dataDirectory}</span>
            </p>
            {health.quarantined > 0 && (
              <p className="mt-1 text-warn">{text.quarantined(health.quarantined)}</p>
            )}
          </div>
        )
      }
    </SettingRow>
  )
}
