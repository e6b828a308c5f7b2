import type { ConversationId } from '../../../../shared/model/ids.js'
import { useHost } from '../../app/host.js'
import { useSettings } from '../../stores/settings.js'
import { showSettings } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { failed } from '../../ui/failure.js'
import { folderName } from '../../ui/format.js'
import { sendMessage } from './send-message.js'

/** What a chat without messages teaches: what can be asked, and what will happen. */
export function EmptyChat({ conversationId }: { readonly conversationId: ConversationId | null }) {
  const host = useHost()
  const words = useText().chat.empty
  const examples = [
    { text: words.tests, hint: words.testsHint },
    { text: words.build, hint: words.buildHint },
    { text: words.todos, hint: words.todosHint },
    { text: words.running, hint: words.runningHint },
  ]
  const settings = useSettings((state) => state.settings)
  const offline = settings?.model.provider === 'offline'
  return (
    <div className="flex min-h-0 flex-1 flex-col justify-center-safe overflow-y-auto">
      <div className="mx-auto w-full max-w-3xl px-5 py-6">
        <h2 className="font-semibold text-lg">
          {settings ? words.askIn(folderName(settings.workspace)) : words.ask}
        </h2>
        <p className="mt-1.5 max-w-prose text-base text-muted">{words.about}</p>
        <ul className="mt-5 grid gap-2 md:grid-cols-2" aria-label={words.examples}>
          {examples.map(({ text, hint }) => (
            <li key={text}>
              <button
                type="button"
                className="h-full w-full rounded-[10px] border px-3.5 py-2.5 text-left transition-colors hover:bg-hover"
                onClick={() => {
                  sendMessage(host, conversationId, text).catch(failed(words.notSent))
                }}
              >
                <span className="block font-medium">{text}</span>
                <span className="mt-0.5 block text-muted text-xs">{hint}</span>
              </button>
            </li>
          ))}
        </ul>
        {offline && (
          <p className="mt-5 text-muted">
            {words.offline}{' '}
            <button
              type="button"
              className="text-accent-text underline underline-offset-2"
              onClick={() => showSettings('model')}
            >
              {words.connect}
            </button>{' '}
            {words.forMore}
          </p>
        )}
      </div>
    </div>
  )
}
