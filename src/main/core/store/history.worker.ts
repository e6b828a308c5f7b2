/** Reads of the past on a connection of its own that cannot write; see long-reads.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'
import { performRead, type ReadAnswer, type ReadRequest } from './history-reads.js'

if (parentPort === null) throw new Error('runs as a worker thread only')
const port = parentPort
const db = new Database(String(workerData), { readonly: true, fileMustExist: true, timeout: 1000 })
port.on('message', (request: ReadRequest | 'close') => {
  if (request === 'close') {
    port.close()
    db.close()
    return
  }
  const { id, name, argument } = request
  let answer: ReadAnswer
  try {
    answer = { id, value: performRead(db, name, argument) }
  } catch (error) {
    const code = error instanceof AppError ? error.code : null
    answer = { id, error: messageOf(error), code }
  }
  port.postMessage(answer)
})
