/**
 * Loaded with `--import` into a Node process that was started with an IPC channel, to measure its event loop from
 * inside without a change of its program: `begin` starts a measurement, `end` answers with it.
 */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'

/** A timer of this period is watched, in ms; every value holds the period itself, which is taken off below. */
const RESOLUTION_MS = 1
/** Steps of the distribution that is handed over. */
const STEPS = 10_000

/**
 * @typedef {object} LoopDelay
 * @property {number[]} delays in ms: quantiles of how late the timer was, ascending
 * @property {number} maxMs
 * @property {number} count how often it fired
 * @property {number} utilization of the event loop, share of 1
 * @property {number} cpu used by the process, in cores
 */

const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
let beganAt = 0
let loopAtBegin = performance.eventLoopUtilization()
let cpuAtBegin = process.cpuUsage()

function begin() {
  beganAt = performance.now()
  loopAtBegin = performance.eventLoopUtilization()
  cpuAtBegin = process.cpuUsage()
  histogram.reset()
  histogram.enable()
}

/** @param {number} nanoseconds */
function delayMs(nanoseconds) {
  return Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS)
}

/** @returns {LoopDelay} */
function end() {
  histogram.disable()
  const cpu = process.cpuUsage(cpuAtBegin)
  const elapsedMs = performance.now() - beganAt
  const { utilization } = performance.eventLoopUtilization(loopAtBegin)
  const delays = Array.from({ length: STEPS }, (_, step) =>
    delayMs(histogram.percentile(((step + 1) / STEPS) * 100)),
  )
  return {
    delays,
    maxMs: delayMs(histogram.max),
    count: histogram.count,
    utilization,
    cpu: (cpu.user + cpu.system) / 1000 / elapsedMs,
  }
}

process.on('message', (message) => {
  if (message === 'begin') begin()
  else if (message === 'end') process.send?.({ loopDelay: end() })
})
// The channel alone must not keep the process alive.
process.channel?.unref()
