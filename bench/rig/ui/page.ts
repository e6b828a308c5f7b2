/** The Markdown of the window on a page of its own, growing as a reply does. Bundled by `build-page.mjs`. */
import { Tooltip } from 'radix-ui'
import { createElement, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { Markdown } from '../../../src/renderer/src/features/markdown/markdown.js'
import '../../../src/renderer/src/app/app.css'

const container = document.getElementById('root')
if (container === null) throw new Error('page.html has no element with the id "root"')
// As in the window: a box that scrolls, and stays at the end of what grows.
container.style.overflow = 'auto'
const root = createRoot(container)

let text = ''
const draw = (node: ReactNode) => root.render(createElement(Tooltip.Provider, null, node))

Object.assign(window, {
  bench: {
    give(whole: string) {
      text = whole
      draw(null)
    },
    /** Shows as much of the text as has come. */
    grow(length: number) {
      draw(createElement(Markdown, { text: text.slice(0, length), growing: true }))
      requestAnimationFrame(() => container.scrollTo(0, container.scrollHeight))
    },
  },
})
