/** Copies the write-ahead log of a database into it, whenever it is asked; see checkpoints.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

if (parentPort === null) throw new Error('runs as a worker thread only')
const port = parentPort
// Never waits for a lock: who holds it does the same work, and the next request comes soon.
const db = new Database(String(workerData), { fileMustExist: true, timeout: 0 })
port.on('message', (request: 'copy' | 'close') => {
  if (request === 'close') {
    port.close()
    db.close()
    return
  }
  db.pragma('wal_checkpoint(PASSIVE)')
  port.postMessage('copied')
})
