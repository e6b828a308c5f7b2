import { useEffect, useRef } from 'react'
import {
  Group,
  type Layout,
  Panel,
  type PanelImperativeHandle,
  Separator,
} from 'react-resizable-panels'
import { ChatPane } from '../features/chat/chat-pane.js'
import { ConversationList } from '../features/conversations/conversation-list.js'
import { TaskMonitor } from '../features/tasks/task-monitor.js'
import { remember, remembered } from '../stores/storage.js'
import { setSidebarOpen, setTasksOpen, useView } from '../stores/view.js'
import { ErrorBoundary } from '../ui/error-boundary.js'

const LAYOUT = 'layout'
const SEPARATOR =
  'w-px bg-border transition-colors hover:bg-accent-text data-[separator=active]:bg-accent-text focus-visible:bg-accent-text'

/** The three panes side by side; their widths are remembered. */
export function Panes() {
  const sidebarOpen = useView((view) => view.sidebarOpen)
  const tasksOpen = useView((view) => view.tasksOpen)
  const sidebar = useRef<PanelImperativeHandle>(null)
  const tasks = useRef<PanelImperativeHandle>(null)
  useOpen(sidebar, sidebarOpen)
  useOpen(tasks, tasksOpen)
  return (
    <Group
      className="min-h-0 flex-1"
      defaultLayout={savedLayout()}
      onLayoutChanged={(layout) => remember(LAYOUT, JSON.stringify(layout))}
    >
      <Panel
        id="conversations"
        panelRef={sidebar}
        collapsible
        defaultSize="15rem"
        minSize="11rem"
        maxSize="24rem"
        groupResizeBehavior="preserve-pixel-size"
        data-pane="conversations"
        inert={!sidebarOpen}
        onResize={({ inPixels }) => sync(inPixels > 0, 'sidebarOpen', setSidebarOpen)}
      >
        <ErrorBoundary name="The list of chats">
          <ConversationList />
        </ErrorBoundary>
      </Panel>
      <Separator className={SEPARATOR} aria-label="Width of the chats" />
      <Panel id="chat" minSize="26rem" data-pane="chat">
        <ErrorBoundary name="The chat">
          <ChatPane narrow={false} />
        </ErrorBoundary>
      </Panel>
      <Separator className={SEPARATOR} aria-label="Width of the tasks" />
      <Panel
        id="tasks"
        panelRef={tasks}
        collapsible
        defaultSize="25rem"
        minSize="17rem"
        groupResizeBehavior="preserve-pixel-size"
        data-pane="tasks"
        inert={!tasksOpen}
        onResize={({ inPixels }) => sync(inPixels > 0, 'tasksOpen', setTasksOpen)}
      >
        <ErrorBoundary name="The task monitor">
          <TaskMonitor />
        </ErrorBoundary>
      </Panel>
    </Group>
  )
}

function useOpen(panel: { readonly current: PanelImperativeHandle | null }, open: boolean): void {
  useEffect(() => {
    if (open) panel.current?.expand()
    else panel.current?.collapse()
  }, [panel, open])
}

/** Dragging a pane shut or open says the same as its button. */
function sync(open: boolean, key: 'sidebarOpen' | 'tasksOpen', set: (open: boolean) => void): void {
  if (useView.getState()[key] !== open) set(open)
}

function savedLayout(): Layout | undefined {
  try {
    const saved: unknown = JSON.parse(remembered(LAYOUT) ?? 'null')
    return isLayout(saved) ? saved : undefined
  } catch {
    // Written by something else: the default widths do.
    return undefined
  }
}

function isLayout(value: unknown): value is Layout {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).length === 3 &&
    Object.values(value).every((size) => typeof size === 'number')
  )
}
