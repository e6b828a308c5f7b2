/**
 * Draws the images of the tray into resources/tray. `node scripts/draw-tray-images.mjs`; to be run after a change of a
 * shape, the images are kept with the sources.
 *
 * Each state has a shape of its own, so that it can be told without colours: a ring with a dot (idle), three quarters of
 * a ring (working), a disc with an exclamation mark (needs the person), a disc with a cross (failed).
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { crc32, deflateSync } from 'node:zlib'

const folder = path.join(import.meta.dirname, '../resources/tray')

/** Points of an icon; everything below is measured in them, from its centre. */
const SIZE = 16
/** Samples per pixel and axis. */
const SAMPLES = 8

/** @typedef {(x: number, y: number) => boolean} Shape whether a point is inked */
/** @typedef {readonly [red: number, green: number, blue: number]} Colour */

/** @type {(radius: number, x?: number, y?: number) => Shape} */
const disc =
  (radius, cx = 0, cy = 0) =>
  (x, y) =>
    Math.hypot(x - cx, y - cy) <= radius

/** @type {(outer: number, inner: number) => Shape} */
const ring = (outer, inner) => (x, y) => {
  const distance = Math.hypot(x, y)
  return distance <= outer && distance >= inner
}

/** A stroke with round ends. @type {(x1: number, y1: number, x2: number, y2: number, width: number) => Shape} */
const stroke = (x1, y1, x2, y2, width) => (x, y) => {
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2
  const along = length === 0 ? 0 : ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length
  const t = Math.min(1, Math.max(0, along))
  return Math.hypot(x - (x1 + t * (x2 - x1)), y - (y1 + t * (y2 - y1))) <= width / 2
}

/** @type {(...shapes: Shape[]) => Shape} */
const all =
  (...shapes) =>
  (x, y) =>
    shapes.some((shape) => shape(x, y))

/** @type {(shape: Shape, ...holes: Shape[]) => Shape} */
const without =
  (shape, ...holes) =>
  (x, y) =>
    shape(x, y) && !holes.some((hole) => hole(x, y))

/** The quarter at the upper right. @type {Shape} */
const upperRight = (x, y) => x > 0 && y < 0

const ARC = 5.65
const exclamation = [stroke(0, -3.6, 0, 0.6, 1.9), disc(1.15, 0, 3.5)]

/** @type {Readonly<Record<string, Shape>>} */
const shapes = {
  idle: all(ring(6.5, 4.8), disc(1.7)),
  working: all(
    without(ring(6.5, 4.8), upperRight),
    disc(0.85, 0, -ARC),
    disc(0.85, ARC, 0),
    disc(2.4),
  ),
  attention: without(disc(7), ...exclamation),
  failed: without(disc(7), stroke(-2.6, -2.6, 2.6, 2.6, 1.9), stroke(-2.6, 2.6, 2.6, -2.6, 1.9)),
}

/** @type {Readonly<Record<'black' | 'ink' | 'paper' | 'amber' | 'red', Colour>>} */
const colours = {
  black: [0, 0, 0],
  ink: [38, 40, 46],
  paper: [240, 241, 244],
  amber: [232, 148, 24],
  red: [222, 66, 60],
}

/** Elsewhere than on a Mac, which colours templates itself, what asks for a person has a colour as well. */
const called = { attention: colours.amber, failed: colours.red }

/** @param {Shape} shape @param {number} scale @param {number} column @param {number} row */
function coverage(shape, scale, column, row) {
  let hits = 0
  for (let sample = 0; sample < SAMPLES ** 2; sample += 1) {
    const x = (column + ((sample % SAMPLES) + 0.5) / SAMPLES) / scale - SIZE / 2
    const y = (row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / scale - SIZE / 2
    if (shape(x, y)) hits += 1
  }
  return hits / SAMPLES ** 2
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data])
  const result = Buffer.alloc(body.length + 8)
  result.writeUInt32BE(data.length, 0)
  body.copy(result, 4)
  result.writeUInt32BE(crc32(body), body.length + 4)
  return result
}

/** A PNG of 8-bit RGBA. @param {Shape} shape @param {Colour} colour @param {number} scale */
function png(shape, colour, scale) {
  const side = SIZE * scale
  const rows = Array.from({ length: side }, (_, row) => {
    const pixels = Array.from({ length: side }, (_, column) => {
      const alpha = Math.round(255 * coverage(shape, scale, column, row))
      return alpha === 0 ? [0, 0, 0, 0] : [...colour, alpha]
    })
    // Each row begins with the number of its filter: none.
    return Buffer.from([0, ...pixels.flat()])
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** @param {string} name @param {Shape} shape @param {Colour} colour */
function draw(name, shape, colour) {
  writeFileSync(path.join(folder, `${name}.png`), png(shape, colour, 1))
  writeFileSync(path.join(folder, `${name}@2x.png`), png(shape, colour, 2))
}

mkdirSync(folder, { recursive: true })
for (const [name, shape] of Object.entries(shapes)) {
  const colour = name === 'attention' || name === 'failed' ? called[name] : null
  draw(`${name}Template`, shape, colours.black)
  draw(`${name}-light`, shape, colour ?? colours.ink)
  draw(`${name}-dark`, shape, colour ?? colours.paper)
}
draw('overlay', shapes['attention'] ?? disc(7), colours.amber)
