import { type ReactFlowProps, useReactFlow, useStore } from '@xyflow/react'
import { Maximize, Minus, Plus } from 'lucide-react'
import { useEffect } from 'react'
import { useText } from '../../text/text.js'
import { IconButton } from '../icon-button.js'

const FIT = { padding: 0.1, maxZoom: 1 }

/** A picture that is looked at and clicked on: a list beside it is for the keyboard and says the same in words. */
export const PICTURE = {
  fitView: true,
  fitViewOptions: FIT,
  minZoom: 0.2,
  maxZoom: 1.5,
  nodesDraggable: false,
  nodesConnectable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
  disableKeyboardA11y: true,
  proOptions: { hideAttribution: true },
} satisfies ReactFlowProps

/**
 * `stand` is another text when somebody came, went or has another place: then, and when the pane has another size, the whole
 * picture is shown again.
 */
export function Zoom({ stand }: { readonly stand: string }) {
  const text = useText().ui
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  const size = useStore(({ width, height }) => `${width} ${height}`)
  useEffect(() => {
    if (stand === '[]' || size === '0 0') return
    const frame = requestAnimationFrame(() => void fitView(FIT))
    return () => cancelAnimationFrame(frame)
  }, [fitView, stand, size])
  return (
    <div className="absolute right-2 bottom-2 flex rounded-md border bg-raised">
      <IconButton small icon={Minus} label={text.smaller} onClick={() => void zoomOut()} />
      <IconButton small icon={Plus} label={text.larger} onClick={() => void zoomIn()} />
      <IconButton small icon={Maximize} label={text.showAll} onClick={() => void fitView(FIT)} />
    </div>
  )
}
