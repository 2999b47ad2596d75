// @ts-check
// A session of the chat server: its token, the renewal in time, and calls with it.
import { Refused } from './errors.js'
import { onWake } from './net.js'

const RenewedBefore = 60_000
const Spread = 10_000
const ShortestWait = 1000
const WaitAfterFailure = 5000
const WokenBefore = 90_000
const AskOtherTabs = 150

/** The only holder of the token. */
export class Session {
  #mint
  /** @type {import('./mint.js').Grant | undefined} */
  #grant
  /** The time of the device when the token arrived, and how long it is valid from then on. */
  #arrived = 0
  #lifetime = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  /** @type {Promise<void> | undefined} */
  #renewal
  /** @type {BroadcastChannel | undefined} */
  #tabs
  #hasAnswered = false
  #closed = new AbortController()

  /** Called when the session ended while no request was waiting. @type {(problem: Refused) => void} */
  onEnd = () => {}

  /** Called when a token has arrived. @type {(reason: import('./mint.js').Reason) => void} */
  onGrant = () => {}

  /** @param {import('./mint.js').Mint} mint */
  constructor(mint) {
    this.#mint = mint
    onWake(() => { if (this.#grant && this.#remaining() < WokenBefore) this.#renewInTime() }, this.#closed.signal)
  }

  get isClosed() { return this.#closed.signal.aborted }
  get conversationId() { return this.#grant?.conversationId ?? '' }
  get asksContact() { return this.#grant?.asksContact ?? false }
  get expiresAt() { return this.#grant?.expiresAt }

  /** Gets the first token. @param {import('./mint.js').Reason} reason */
  async open(reason = 'start') {
    const grant = await this.#mint(reason)
    if (this.isClosed) throw new DOMException('', 'AbortError')
    this.#take(grant, reason)
    this.#listen()
  }

  /** Calls a route of the conversation. @param {string} path @param {RequestInit} [init] */
  call(path, init) { return this.callServer(`conversation/${this.conversationId}/${path}`, init) }

  /** Calls a route of the server, once more with a new token when the old one has expired. @param {string} path @param {RequestInit} [init] */
  async callServer(path, init = {}) {
    for (let isRenewed = false; ; isRenewed = true) {
      const response = await this.#fetch(path, init)
      if (response.ok) return response
      const problem = await Refused.of(response)
      if (isRenewed || !problem.isRenewable) throw problem
      await this.renew()
    }
  }

  /** Sends JSON. @param {string} path @param {any} body @param {boolean} [isOfServer] */
  post(path, body, isOfServer = false) {
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
    return isOfServer ? this.callServer(path, init) : this.call(path, init)
  }

  /** Returns the address and the header of a request that is not made with fetch. @param {string} path */
  requestTo(path) {
    return { url: this.#address(`conversation/${this.conversationId}/${path}`), authorization: `Bearer ${this.#grant?.token}` }
  }

  /** Gets a new token of the same session. Callers at the same time share it, and so do tabs. */
  renew() {
    this.#renewal ??= this.#renewOnce().finally(() => { this.#renewal = undefined })
    return this.#renewal
  }

  close() {
    this.#closed.abort()
    clearTimeout(this.#timer)
    this.#tabs?.close()
  }

  async #fetch(path, init) {
    try {
      const headers = { ...init.headers, Authorization: `Bearer ${this.#grant?.token}` }
      const response = await fetch(this.#address(path), { ...init, headers, credentials: 'omit' })
      this.#hasAnswered = true
      return response
    } catch (problem) {
      if (init.signal?.aborted) throw problem
      throw new Refused(0, { code: await this.#isForeign() ? 'ORIGIN_NOT_ALLOWED' : 'NETWORK' })
    }
  }

  /** Whether the server is there and only refuses this page. Its refusal has no CORS headers, so that a page can't read it. */
  async #isForeign() {
    if (this.#hasAnswered || !navigator.onLine) return false
    const base = this.#base()
    const answers = await fetch(`${base}health/ready`, { mode: 'no-cors', credentials: 'omit', cache: 'no-store' }).then(() => true, () => false)
    if (answers) console.warn(`The chat server ${base} does not allow pages of ${location.origin}. Add this origin to the session, and to CHATBOTKIT_ALLOWED_ORIGINS if that is set.`)
    return answers
  }

  // The chat server may be served under a path, such as https://shop.example/bots/.
  #base() { return new URL((this.#grant?.apiUrl ?? '').replace(/\/*$/, '/'), document.baseURI).href }
  #address(path) { return `${this.#base()}v1/${path}` }

  async #renewOnce() {
    const old = this.#grant
    const name = `cbk:${old?.sessionId ?? this.conversationId}`
    const renew = async () => {
      // Another tab may have renewed it while this one was waiting for the lock.
      if (this.#grant?.token !== old?.token || this.isClosed) return
      this.#take(await this.#mint('renew', old), 'renew')
      this.#tabs?.postMessage({ grant: this.#grant })
    }
    if (!navigator.locks) return renew()
    const isDone = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => { if (lock) await renew(); return Boolean(lock) })
    if (isDone) return
    await navigator.locks.request(name, async () => {
      this.#tabs?.postMessage({ ask: old?.token })
      await new Promise((resolve) => setTimeout(resolve, AskOtherTabs))
      await renew()
    })
  }

  #listen() {
    this.#tabs?.close()
    if (!this.#grant?.sessionId) return
    this.#tabs = new BroadcastChannel(`cbk:${this.#grant.sessionId}`)
    this.#tabs.onmessage = ({ data }) => {
      if (data.grant && data.grant.sessionId === this.#grant?.sessionId && data.grant.token !== this.#grant?.token) this.#take(data.grant, 'renew')
      else if (data.ask && data.ask !== this.#grant?.token) this.#tabs?.postMessage({ grant: this.#grant })
    }
  }

  #take(grant, reason) {
    this.#grant = grant
    this.#arrived = Date.now()
    this.#lifetime = lifetimeOf(grant)
    // A short token is renewed in the middle of its life, so that it is not renewed all the time.
    const before = Math.min(RenewedBefore, this.#lifetime / 2)
    this.#plan(Math.max(this.#lifetime - before + (Math.random() * 2 - 1) * Math.min(Spread, this.#lifetime / 20), ShortestWait))
    this.onGrant(reason)
  }

  #remaining() { return this.#lifetime - (Date.now() - this.#arrived) }

  #plan(wait) {
    clearTimeout(this.#timer)
    // A browser fires a timer of more than 24.8 days at once.
    if (!this.isClosed) this.#timer = setTimeout(() => this.#renewInTime(), Math.min(wait, 2 ** 31 - 1))
  }

  #renewInTime() { this.renew().catch((problem) => this.#failed(problem)) }

  #failed(problem) {
    if (problem instanceof Refused && !problem.isPassing) this.onEnd(problem)
    else this.#plan(WaitAfterFailure)
  }
}

/**
 * Returns how many milliseconds a token is valid from its arrival. The token itself contains when it was issued and when it expires,
 * so the clock of the device, which may be hours away from the server's, does not matter.
 */
function lifetimeOf(grant) {
  try {
    const { iat, exp } = JSON.parse(atob(grant.token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')))
    return (exp - iat) * 1000
  } catch {
    return Math.max(grant.expiresAt - Date.now() || 0, 2 * RenewedBefore)
  }
}
