// @ts-check
// One answer of the bot: its events, each once and in order, also when the connection breaks in between.
import { uuid } from './dom.js'
import { Refused } from './errors.js'
import { lines } from './net.js'

const Lines = { Accept: 'application/jsonl' }

/** The number of tries to ask, on a connection that fails and on a server that fails; and of those to follow a run. */
const TriesToAsk = 8
/** The longest time in seconds that a visitor watches a message wait. */
const LongestWait = 60
const TriesAfterFailure = 3
const TriesToFollow = 40

/** A run of the conversation. */
export class Run {
  #session
  #waits
  #request
  #stopped = new AbortController()
  #isStopped = false

  /** @type {string | null} */
  id

  /**
   * Called with the number of failed tries, 0 when the connection is back; and with the seconds that the server asks to wait.
   * @type {(tries: number, seconds: number | undefined) => void}
   */
  onConnection = () => {}

  /** Called when the id of the run is known. */
  onStart = () => {}

  /**
   * @param {import('./session.js').Session} session
   * @param {import('./net.js').Waits} waits
   * @param {{body?: any, id?: string}} what A question, or the id of a run that goes on already.
   */
  constructor(session, waits, { body, id }) {
    this.#session = session
    this.#waits = waits
    this.id = id ?? null
    // The server does the work once, however often it gets the request with the same key.
    this.#request = {
      method: 'POST', body: JSON.stringify(body ?? {}),
      headers: { ...Lines, 'Content-Type': 'application/json', 'Idempotency-Key': uuid() },
    }
  }

  get isStopped() { return this.#isStopped }
  get isLeft() { return this.#stopped.signal.aborted }

  /** Ends the answer early. What was written so far is kept. */
  async stop() {
    this.#isStopped = true
    if (this.id) await this.#session.post(`run/${this.id}/abort`, {})
  }

  /** Stops reading. The run itself goes on. */
  leave() {
    this.#stopped.abort()
    this.#waits.tryNow()
  }

  /** Returns the events. When the connection breaks, they continue after the last one. */
  async *events() {
    let last = 0
    for (let tries = 0; !this.#stopped.signal.aborted;) {
      let seconds
      try {
        const response = await this.#open(last)
        this.onConnection(0, undefined)
        for await (const event of lines(response.body)) {
          if (this.#stopped.signal.aborted) return
          if (event.id <= last) continue
          if (event.type === 'error') throw new Refused(200, event.data)
          last = event.id ?? last
          tries = 0
          yield event
          if (event.type === 'result') return
        }
      } catch (problem) {
        if (this.#stopped.signal.aborted) return
        if (problem instanceof Refused) {
          if (problem.status === 200 && ['SESSION_EXPIRED', 'SESSION_TOKEN_REPLACED'].includes(problem.code)) await this.#session.renew()
          else if (!problem.isPassing) throw problem
          seconds = problem.retryAfter
          if ((seconds ?? 0) > LongestWait) throw problem
          const most = this.id ? TriesToFollow : problem.status >= 500 ? TriesAfterFailure : TriesToAsk
          if (++tries > most && navigator.onLine) throw problem
        } else if (++tries > TriesToFollow) {
          throw new Refused(0)
        }
      }
      if (tries === 0) tries = 1
      this.onConnection(tries, seconds)
      await this.#waits.wait(tries - 1, seconds)
    }
  }

  async #open(last) {
    const signal = this.#stopped.signal
    if (this.id) return this.#session.call(`run/${this.id}/stream?after=${last}`, { headers: Lines, signal })
    const response = await this.#session.call('complete', { ...this.#request, signal })
    this.id = response.headers.get('X-Run-Id')
    this.onStart()
    // The visitor pressed stop before the run had an id.
    if (this.#isStopped) await this.stop()
    return response
  }
}
