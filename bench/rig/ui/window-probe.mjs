/**
 * Runs in a page before any script of it; must not refer to anything outside of itself. Notes long tasks, the distance of
 * frames, and how long a key takes until the frame after it was drawn.
 */
export function installWindowProbe() {
  /** @type {number[]} */
  let long = []
  /** @type {number[]} */
  let gaps = []
  /** @type {number[]} */
  let keys = []
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) long.push(entry.duration)
  }).observe({ type: 'longtask' })
  let last = performance.now()
  const frame = () => {
    const at = performance.now()
    gaps.push(at - last)
    last = at
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        // Delivered behind the drawing of the frame.
        port1.onmessage = () => keys.push(performance.now() - timeStamp)
        port2.postMessage(null)
      })
    },
    { capture: true },
  )
  Object.assign(window, {
    benchWindow: {
      begin() {
        long = []
        gaps = []
        keys = []
      },
      end: () => ({ long, gaps, keys }),
    },
  })
}
