import { useLayoutEffect, useRef } from 'react'
import { Group, Panel, type PanelImperativeHandle, Separator } from 'react-resizable-panels'
import { ChatPane } from '../features/chat/chat-pane.js'
import { ConversationList } from '../features/conversations/conversation-list.js'
import { TaskMonitor } from '../features/tasks/task-monitor.js'
import { remember, remembered } from '../stores/storage.js'
import { setSidebarOpen, setTasksOpen, useView } from '../stores/view.js'
import { useText } from '../text/text.js'
import { ErrorBoundary } from '../ui/error-boundary.js'

const SEPARATOR =
  'w-px bg-border transition-colors hover:bg-accent-text data-[separator=active]:bg-accent-text focus-visible:bg-accent-text'

/** The three panes side by side; the widths that a person gave them are remembered. */
export function Panes() {
  const text = useText().app
  const sidebarOpen = useView((view) => view.sidebarOpen)
  const tasksOpen = useView((view) => view.tasksOpen)
  const sidebar = useRef<PanelImperativeHandle>(null)
  const tasks = useRef<PanelImperativeHandle>(null)
  useOpen(sidebar, sidebarOpen)
  useOpen(tasks, tasksOpen)
  return (
    <Group
      className="min-h-0 flex-1"
      onLayoutChanged={(_, { isUserInteraction }) => {
        // What a narrow window does to them is nobody's wish.
        if (!isUserInteraction) return
        // Told before the panes have their new widths.
        requestAnimationFrame(() => {
          saveWidth('conversations', sidebar.current)
          saveWidth('tasks', tasks.current)
        })
      }}
    >
      <Panel
        id="conversations"
        panelRef={sidebar}
        collapsible
        defaultSize={savedWidth('conversations', '15rem')}
        minSize="11rem"
        maxSize="24rem"
        groupResizeBehavior="preserve-pixel-size"
        data-pane="conversations"
        inert={!sidebarOpen}
        onResize={({ inPixels }) => sync(inPixels > 0, 'sidebarOpen', setSidebarOpen)}
      >
        <ErrorBoundary name={text.chatsPane}>
          <ConversationList />
        </ErrorBoundary>
      </Panel>
      <Separator className={SEPARATOR} aria-label={text.chatsWidth} />
      <Panel id="chat" minSize="26rem" data-pane="chat">
        <ErrorBoundary name={text.chatPane}>
          <ChatPane narrow={false} />
        </ErrorBoundary>
      </Panel>
      <Separator className={SEPARATOR} aria-label={text.tasksWidth} />
      <Panel
        id="tasks"
        panelRef={tasks}
        collapsible
        defaultSize={savedWidth('tasks', '25rem')}
        minSize="17rem"
        groupResizeBehavior="preserve-pixel-size"
        data-pane="tasks"
        inert={!tasksOpen}
        onResize={({ inPixels }) => sync(inPixels > 0, 'tasksOpen', setTasksOpen)}
      >
        <ErrorBoundary name={text.tasksPane}>
          <TaskMonitor />
        </ErrorBoundary>
      </Panel>
    </Group>
  )
}

function useOpen(panel: { readonly current: PanelImperativeHandle | null }, open: boolean): void {
  useLayoutEffect(() => {
    if (open) panel.current?.expand()
    else panel.current?.collapse()
  }, [panel, open])
}

/** Dragging a pane shut or open says the same as its button. */
function sync(open: boolean, key: 'sidebarOpen' | 'tasksOpen', set: (open: boolean) => void): void {
  if (useView.getState()[key] !== open) set(open)
}

const MAX_WIDTH_PX = 2000

function savedWidth(name: string, fallback: string): number | string {
  const width = Number(remembered(`width.${name}`))
  return width > 0 && width < MAX_WIDTH_PX ? width : fallback
}

/** A pane that is shut keeps the width that it had when it was open. */
function saveWidth(name: string, panel: PanelImperativeHandle | null): void {
  const width = Math.round(panel?.getSize().inPixels ?? 0)
  if (width > 0) remember(`width.${name}`, String(width))
}
