/** Database servers of one's own, in a temporary folder, reached by a socket, and ended with the bench. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const READY_LIMIT_MS = 20_000
const DEBIAN_POSTGRES = '/usr/lib/postgresql'
const USER = 'bench'

/** @typedef {AsyncDisposable & { address: string }} Server */

/** @param {string} name */
function onPath(name) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file))
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @param {string} name
 * @param {() => boolean | Promise<boolean>} isReady
 */
async function untilReady(server, name, isReady) {
  const limit = performance.now() + READY_LIMIT_MS
  while (!(await isReady())) {
    if (server.exitCode !== null || performance.now() > limit) {
      server.kill('SIGKILL')
      throw new Error(`${name} did not start`)
    }
    await sleep(20)
  }
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @param {NodeJS.Signals} signal
 */
async function end(server, signal) {
  if (server.exitCode !== null || server.signalCode !== null) return
  const exit = once(server, 'exit')
  server.kill(signal)
  await exit
}

/**
 * Redis as it should be run where jobs must last: an append-only file, synced every second.
 *
 * @param {string} folder
 * @returns {Promise<Server | null>} null where it is not installed
 */
export async function startRedis(folder) {
  const program = onPath('redis-server')
  if (program === undefined) return null
  const own = path.join(folder, 'redis')
  mkdirSync(own)
  const socket = path.join(own, 'redis.sock')
  const args = ['--port', '0', '--unixsocket', socket, '--dir', own, '--save', '']
  const durable = ['--appendonly', 'yes', '--appendfsync', 'everysec']
  const server = spawn(program, [...args, ...durable], { stdio: 'ignore' })
  await untilReady(server, 'redis-server', () => existsSync(socket))
  return { address: socket, [Symbol.asyncDispose]: () => end(server, 'SIGTERM') }
}

/** @returns {string | undefined} folder with `initdb` and `postgres` */
function postgresPrograms() {
  const found = onPath('initdb')
  if (found !== undefined) return path.dirname(realpathSync(found))
  if (!existsSync(DEBIAN_POSTGRES)) return undefined
  const [newest] = readdirSync(DEBIAN_POSTGRES).sort((a, b) => Number(b) - Number(a))
  const folder = path.join(DEBIAN_POSTGRES, newest ?? '', 'bin')
  return existsSync(path.join(folder, 'initdb')) ? folder : undefined
}

/** PostgreSQL refuses to run as root: the user that its package made then runs it. */
function postgresUser() {
  if (process.getuid?.() !== 0) return {}
  const id = (/** @type {string} */ option) =>
    Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/**
 * PostgreSQL as it is installed: every commit is synced.
 *
 * @param {string} folder
 * @returns {Promise<Server | null>} null where it is not installed
 */
export async function startPostgres(folder) {
  const programs = postgresPrograms()
  if (programs === undefined) return null
  const user = postgresUser()
  const own = path.join(folder, 'postgres')
  mkdirSync(own)
  if (user.uid !== undefined) {
    chownSync(own, user.uid, user.gid)
    // Its user must get through; nobody else can read what is in there.
    chmodSync(folder, 0o711)
  }
  const data = path.join(own, 'data')
  const options = { ...user, cwd: own, env: { PATH: process.env.PATH ?? '', LANG: 'C' } }
  const initial = ['-D', data, '-U', USER, '-A', 'trust', '--encoding', 'UTF8']
  execFileSync(path.join(programs, 'initdb'), initial, { ...options, stdio: 'ignore' })
  const args = ['-D', data, '-k', own, '-c', 'listen_addresses=', '-c', 'max_connections=100']
  const server = spawn(path.join(programs, 'postgres'), args, { ...options, stdio: 'ignore' })
  await untilReady(server, 'postgres', () =>
    query(own, 'SELECT 1').then(
      () => true,
      () => false,
    ),
  )
  // SIGINT is its fast shutdown: it does not wait for clients.
  return { address: own, [Symbol.asyncDispose]: () => end(server, 'SIGINT') }
}

/**
 * @param {Server} server
 * @param {string} database a new one
 * @returns {Promise<string>} its address
 */
export async function createDatabase(server, database) {
  await query(server.address, `CREATE DATABASE ${database}`)
  return `postgres://${USER}@/${database}?host=${encodeURIComponent(server.address)}`
}

/**
 * @param {string} folder of the server's socket
 * @param {string} sql
 */
async function query(folder, sql) {
  const client = new pg.Client({ host: folder, user: USER, database: 'postgres' })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
