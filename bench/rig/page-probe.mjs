/**
 * Runs in the page, before any script of it; must not refer to anything outside of itself. Notes when each chat token
 * came in on the WebSocket, and when the document first showed it. Instants are epoch ms.
 */
export function installTokenProbe() {
  /** @type {Map<number, number>} */
  const wire = new Map()
  /** @type {Map<number, number>} */
  const dom = new Map()
  const now = () => performance.timeOrigin + performance.now()
  /**
   * @param {Map<number, number>} instants
   * @param {string} text
   */
  const note = (instants, text) => {
    const at = now()
    for (const [, id] of text.matchAll(/tok(\d+)x/g)) {
      if (!instants.has(Number(id))) instants.set(Number(id), at)
    }
  }

  const Native = window.WebSocket
  window.WebSocket = class extends Native {
    /**
     * @param {string | URL} url
     * @param {string | string[]} [protocols]
     */
    constructor(url, protocols) {
      super(url, protocols)
      // The first listener, so that nothing of the page runs before it.
      this.addEventListener('message', ({ data }) => {
        if (typeof data === 'string' && data.slice(0, 80).includes('"chat.delta"')) note(wire, data)
      })
    }
  }

  const observer = new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      const element = target instanceof Element ? target : target.parentElement
      // Output of tasks grows in the document as well, and is none of ours.
      if (element?.closest('[aria-label="Messages"]') == null) continue
      if (target instanceof Text) note(dom, target.data)
      for (const node of addedNodes) note(dom, node.textContent ?? '')
    }
  })
  observer.observe(document, { subtree: true, childList: true, characterData: true })
  Object.assign(window, { benchTokens: { wire, dom } })
}

/**
 * In an otherwise empty page: how long a timer's callback waits for the next frame, and how far apart frames are. The
 * first is what no page could be faster than.
 */
export function installFrameProbe() {
  /** @type {number[]} */
  let waits = []
  /** @type {number[]} */
  let gaps = []
  let last = performance.now()
  const frame = () => {
    const at = performance.now()
    gaps.push(at - last)
    last = at
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  setInterval(() => {
    const at = performance.now()
    requestAnimationFrame(() => waits.push(performance.now() - at))
  }, 10)
  Object.assign(window, {
    benchFrames: {
      begin() {
        waits = []
        gaps = []
      },
      end: () => ({ waits, gaps }),
    },
  })
}
