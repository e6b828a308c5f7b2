/** Another program's connection to a host: JSON-RPC over Node's own WebSocket. */
export class Rpc {
  #socket
  #nextId = 1
  /** @type {Map<number, PromiseWithResolvers<any>>} */
  #waiting = new Map()
  /** @type {Set<(name: string, params: any) => void>} */
  #listeners = new Set()

  /** @param {WebSocket} socket that is open */
  constructor(socket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data))))
    socket.addEventListener('close', ({ reason }) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`closed: ${reason}`))
    })
  }

  /**
   * @param {{ wsUrl: string, token: string }} address
   * @returns {Promise<Rpc>}
   */
  static async connect({ wsUrl, token }) {
    const socket = new WebSocket(`${wsUrl}?token=${encodeURIComponent(token)}`)
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      socket.addEventListener('error', () => reject(new Error(`${wsUrl} cannot be reached`)))
    })
    return new Rpc(socket)
  }

  /**
   * @param {string} method
   * @param {object} [params]
   * @returns {Promise<any>}
   */
  call(method, params = {}) {
    const id = this.#nextId++
    const answer = Promise.withResolvers()
    this.#waiting.set(id, answer)
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }))
    return answer.promise
  }

  /**
   * Resolves with the first event for which `matches` is true; subscribe before.
   *
   * @param {(name: string, params: any) => boolean} matches
   * @returns {Promise<any>}
   */
  event(matches) {
    return new Promise((resolve) => {
      /** @type {(name: string, params: any) => void} */
      const listener = (name, params) => {
        if (!matches(name, params)) return
        this.#listeners.delete(listener)
        resolve(params)
      }
      this.#listeners.add(listener)
    })
  }

  close() {
    this.#socket.close()
  }

  /** @param {any} message */
  #receive(message) {
    if (message.method !== undefined) {
      for (const listener of this.#listeners) listener(message.method, message.params)
      return
    }
    const answer = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.error === undefined) answer?.resolve(message.result)
    else answer?.reject(new Error(message.error.message))
  }
}
