import { RERUN_LIMIT_MS } from '../rig/queue/crash.mjs'
import { ms, table } from '../rig/report.mjs'
import { median } from '../rig/statistics.mjs'

/** @param {number} value */
function whole(value) {
  return Number.isFinite(value) ? Math.round(value).toLocaleString('en') : '–'
}

/** @param {number} value in ms; small ones matter here */
function fine(value) {
  return Number.isFinite(value) && value < 10 ? `${value.toFixed(2)} ms` : ms(value)
}

/** @param {boolean} isMet */
function verdict(isMet) {
  return isMet ? 'met' : 'missed'
}

/**
 * @param {readonly import('./queue.mjs').Speed[]} speed
 * @param {number} runs
 */
export function speedReport(speed, runs) {
  const rows = speed.map(({ peer, enqueue, endToEnd, pickUp }) => [
    peer.name,
    whole(enqueue),
    whole(endToEnd),
    fine(pickUp.p50),
    fine(pickUp.p99),
    `${whole(peer.enqueue || Number.NaN)} / ${whole(peer.endToEnd)} / ${whole(pickUp.count || Number.NaN)}`,
  ])
  return [
    `Queue: no-op jobs, five at once, on an empty store; medians of ${runs} runs, pick-up of all samples together.`,
    '`amounts` are the jobs of one run stored one by one / stored and run / the samples of pick-up.',
    '',
    table(
      ['', 'one by one, jobs/s', 'to the end, jobs/s', 'pick-up p50', 'pick-up p99', 'amounts'],
      rows,
    ),
    '',
    table(['', 'aim', 'here', ''], speedAims(speed)),
  ].join('\n')
}

/** @param {readonly import('./queue.mjs').Speed[]} speed */
function speedAims(speed) {
  const of = (/** @type {string} */ key) => speed.find(({ peer }) => peer.key === key)
  const endToEnd = (/** @type {string} */ key) => of(key)?.endToEnd ?? Number.NaN
  const own = endToEnd('ours')
  const ofPlainjob = own / endToEnd('plainjob')
  const ofFloor = own / endToEnd('bare-loop')
  const pickUp = of('ours')?.pickUp.p99 ?? Number.NaN
  return [
    ['to the end, of plainjob', '≥ × 1.00', `× ${ofPlainjob.toFixed(2)}`, verdict(ofPlainjob >= 1)],
    [
      'to the end, of the bare loop',
      '≥ × 0.50',
      `× ${ofFloor.toFixed(2)}`,
      verdict(ofFloor >= 0.5),
    ],
    ['pick-up p99', '< 1 ms', fine(pickUp), verdict(pickUp < 1)],
  ]
}

/** @param {readonly import('./queue-crash.mjs').Crashed[]} crashed */
export function crashReport(crashed) {
  const rows = crashed.map(({ peer, settings, crashes }) => {
    const sum = (/** @type {(one: (typeof crashes)[number]) => number} */ figure) =>
      crashes.reduce((total, one) => total + figure(one), 0)
    const interrupted = sum((one) => one.interrupted)
    const again = sum((one) => one.afterReady.length)
    const longest = (/** @type {'afterReady' | 'afterStart'} */ from) =>
      Math.max(...crashes.flatMap((one) => one[from]))
    return [
      `${peer.name}${settings === 'tuned' ? `, ${peer.tuning ?? settings}` : ''}`,
      String(crashes.length),
      `${again} of ${interrupted}`,
      // One that begins before the queue says that it is ready waits for nothing.
      again === 0 ? '–' : ms(Math.max(0, longest('afterReady'))),
      again === 0 ? '–' : ms(longest('afterStart')),
      String(sum((one) => one.unfinished)),
      String(sum((one) => one.doubled)),
    ]
  })
  const own = crashed.find(({ peer }) => peer.key === 'ours')?.crashes ?? []
  const longest = Math.max(0, ...own.flatMap((one) => one.afterReady))
  const isWhole = own.every(
    (one) => one.afterReady.length === one.interrupted && one.unfinished === 0,
  )
  return [
    `kill -9 in the middle of 200 jobs of 20 ms, five at once, and a start on what is left; looked at for ${RERUN_LIMIT_MS / 1000} s.`,
    '`not done` counts jobs that had not ended by then, whether stuck or lost; `twice` those that ran although they had ended,',
    'or ran twice after the start.',
    '',
    table(['', 'crashes', 'ran again', 'after ready', 'after start', 'not done', 'twice'], rows),
    '',
    table(
      ['', 'aim', 'here', ''],
      [
        ['interrupted job runs again', '≤ 50 ms', ms(longest), verdict(isWhole && longest <= 50)],
        [
          'lost or run twice',
          '0',
          String(own.reduce((total, one) => total + one.unfinished + one.doubled, 0)),
          verdict(own.every((one) => one.unfinished + one.doubled === 0)),
        ],
      ],
    ),
  ].join('\n')
}

/**
 * @param {number} stored
 * @param {import('./queue-store.mjs').LargeStore} store
 */
export function storeReport(stored, { starts, use, decisions }) {
  const searches = Object.entries(use.searches).map(([query, took]) =>
    aimRow(`search ${JSON.stringify(query)}`, took, 30),
  )
  const longest = Math.max(...starts)
  const first = decisions[0]?.took
  return [
    `With ${whole(stored)} finished tasks in the store:`,
    '',
    table(
      ['', 'aim for p99', 'p50', 'p99', ''],
      [
        aimRow('submit', use.submit, 2),
        aimRow('first page of the list', use.list, 5),
        ...searches,
        [
          'start-up (p99: the longest)',
          '< 300 ms',
          ms(median(starts)),
          ms(longest),
          verdict(longest < 300),
        ],
      ],
    ),
    '',
    'Cost of a decision: from the end of a task to the first line of the next, one at a time.',
    '',
    table(
      ['waiting', 'p50', 'of the first', 'p99', 'of the first'],
      decisions.map(({ waiting, took }) => [
        whole(waiting),
        fine(took.p50),
        `× ${(took.p50 / (first?.p50 ?? Number.NaN)).toFixed(2)}`,
        fine(took.p99),
        `× ${(took.p99 / (first?.p99 ?? Number.NaN)).toFixed(2)}`,
      ]),
    ),
  ].join('\n')
}

/**
 * @param {string} name
 * @param {import('../rig/statistics.mjs').Summary} took
 * @param {number} aimMs
 */
function aimRow(name, { p50, p99 }, aimMs) {
  return [name, `< ${aimMs} ms`, fine(p50), fine(p99), verdict(p99 < aimMs)]
}
