// A session of the chat server, as this app gave it: knows its token, renews it in time, and calls with it.

/** A call that was answered with a no. */
export class Refused extends Error {
  constructor(status, { code, message } = {}) {
    super(message ?? `The server answered with status ${status}.`)
    this.status = status
    this.code = code
  }

  /** Whether the same call may well succeed in a moment. */
  get isPassing() {
    return this.status === 429 || this.status >= 500
  }
}

/** The codes that a new token helps against. */
const Renewable = ['SESSION_EXPIRED', 'SESSION_TOKEN_REPLACED']

const RenewedBefore = 60_000
const ShortestWait = 1000
const WaitAfterFailure = 5000

// For trying it out: ?renew=5 gets a new token every five seconds, not a minute before the old one ends.
const early = Number(new URLSearchParams(location.search).get('renew'))

export class Session {
  #grant
  #timer

  /** Called with a Refused when the session ended while nobody was waiting for anything. */
  onEnd = () => {}

  static async open() {
    const session = new Session()
    await session.#ask({})
    return session
  }

  /** Calls a route of the conversation. */
  async call(path, init = {}) {
    for (let renewed = false; ; renewed = true) {
      const response = await fetch(this.#address(path), {
        ...init, headers: { ...init.headers, Authorization: `Bearer ${this.#grant.token}` },
      })
      if (response.ok) return response
      const refused = new Refused(response.status, await response.json().catch(() => ({})))
      if (renewed || !Renewable.includes(refused.code)) throw refused
      await this.renew()
    }
  }

  /** A new token of the same session. */
  renew() {
    return this.#ask({ sessionId: this.#grant.sessionId })
  }

  close() {
    clearTimeout(this.#timer)
  }

  // The chat server may be served under a path, such as https://shop.example/bots/.
  #address(path) {
    const base = this.#grant.apiUrl.replace(/\/*$/, '/')
    return new URL(`v1/conversation/${this.#grant.conversationId}/${path}`, base)
  }

  async #ask(body) {
    const response = await fetch('/chat/session', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    })
    if (!response.ok) throw new Refused(response.status, await response.json().catch(() => ({})))
    this.#grant = await response.json()
    this.#plan(early ? early * 1000 : Math.max(lifetime(this.#grant.token) - RenewedBefore, ShortestWait))
  }

  #plan(wait) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.renew().catch((problem) => {
      if (problem instanceof Refused && !problem.isPassing) this.onEnd(problem)
      else this.#plan(WaitAfterFailure)
    }), wait)
  }

  static isRenewable = (code) => Renewable.includes(code)
}

/**
 * How many milliseconds a token is good for, counted from now. The clock of this device is not asked, since it may be hours
 * away from the server's: the token itself says when it was made and when it ends.
 */
function lifetime(token) {
  const [, payload] = token.split('.')
  const { iat, exp } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
  return (exp - iat) * 1000
}
