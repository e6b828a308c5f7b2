import type { ClientTransport } from '../../../shared/rpc/client.js'
import { type CallOptions, RpcClient } from '../../../shared/rpc/client.js'
import type { MethodName, ParamsOf, ResultOf } from '../../../shared/rpc/contract.js'

/**
 * A command's way to the host: opened when it is first used, opened anew when it was lost, closed
 * with the command.
 */
export class HostConnection {
  readonly #open: () => Promise<ClientTransport>
  #client: Promise<RpcClient> | null = null
  #closed = false

  constructor(open: () => Promise<ClientTransport>) {
    this.#open = open
  }

  /** The live connection. @throws CliError `no_host` when none can be had */
  client(): Promise<RpcClient> {
    this.#client ??= this.#connect()
    return this.#client
  }

  async call<M extends MethodName>(
    method: M,
    params: ParamsOf<M>,
    options?: CallOptions,
  ): Promise<ResultOf<M>> {
    const client = await this.client()
    return client.call(method, params, options)
  }

  /** Whether this connection is still the live one. */
  async isLive(client: RpcClient): Promise<boolean> {
    return this.#client !== null && (await this.#client) === client
  }

  async close(): Promise<void> {
    this.#closed = true
    const client = await this.#client?.catch(() => null)
    client?.close()
  }

  async #connect(): Promise<RpcClient> {
    try {
      const client = new RpcClient(await this.#open())
      client.onClose(() => {
        this.#client = null
      })
      if (this.#closed) client.close()
      return client
    } catch (error) {
      this.#client = null
      throw error
    }
  }
}
