// @ts-check
// The failures, and the texts that a visitor reads for them.

/** The codes that a new token helps against. */
const Renewable = ['SESSION_EXPIRED', 'SESSION_TOKEN_REPLACED']

/** The codes after which a conversation can't go on, and their texts. @type {Record<string, string>} */
const Final = { SESSION_REVOKED: 'revoked', CONTACT_MISMATCH: 'revoked', SESSION_EXPIRED: 'expired', SESSION_TOKEN_REPLACED: 'expired', SESSION_NOT_REFRESHABLE: 'expired' }

const Limits = ['SESSION_MESSAGE_LIMIT', 'SESSION_TOKEN_LIMIT', 'SESSION_ATTACHMENT_LIMIT']

/** A request that failed. Its status is 0 when there was no answer. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {{code?: string, message?: string}} [body]
   * @param {{retryAfter?: number, requestId?: string | null}} [details] The seconds to wait, and the id for the operator.
   */
  constructor(status, body = {}, details = {}) {
    super(body.message ?? (status ? `The server answered with status ${status}.` : 'The server can\'t be reached.'))
    this.status = status
    this.code = body.code ?? (status ? `HTTP_${status}` : 'NETWORK')
    this.retryAfter = details.retryAfter
    this.requestId = details.requestId ?? null
  }

  /** Reads the refusal of a response. @param {Response} response */
  static async of(response) {
    const body = await response.json().catch(() => ({}))
    const seconds = Number(response.headers.get('Retry-After'))
    return new Refused(response.status, body, { retryAfter: seconds > 0 ? seconds : undefined, requestId: response.headers.get('X-Request-Id') })
  }

  get isRenewable() { return this.status === 401 && Renewable.includes(this.code) }

  /** Whether the conversation is over for this visitor. */
  get isFinal() { return this.code in Final }

  get isLimit() { return Limits.includes(this.code) }

  /** Whether the failure can pass by itself. */
  get isTooFast() { return this.status === 429 && !this.isLimit }

  /** Whether the connection, and not the answer of the server, is the problem. */
  get isConnection() { return this.status === 0 && this.code === 'NETWORK' }

  /** Whether the same request may succeed in a moment. */
  get isPassing() { return this.isConnection || this.isTooFast || (this.status >= 500 && this.code !== 'MODEL_ERROR') }
}

/**
 * Returns the text for a visitor, and what is offered: 'anew', 'again' or nothing.
 * @param {Refused} problem
 * @param {Record<string, string>} strings
 * @param {(seconds: number) => string} when Returns the time in this many seconds, for people.
 * @returns {{text: string, offer: 'anew' | 'again' | null}}
 */
export function explain(problem, strings, when) {
  if (problem.isFinal) return { text: strings[Final[problem.code]], offer: 'anew' }
  if (problem.code === 'SIGN_IN') return { text: strings.signIn, offer: 'again' }
  if (problem.code === 'ORIGIN_NOT_ALLOWED') return { text: strings.unavailable, offer: null }
  if (problem.isLimit || (problem.isTooFast && problem.retryAfter)) {
    const free = problem.retryAfter ? ` ${strings.limitUntil.replace('{when}', when(problem.retryAfter))}` : ''
    return { text: strings.limit + free, offer: problem.isLimit ? null : 'again' }
  }
  if (problem.isConnection) return { text: navigator.onLine ? strings.unreachable : strings.offline, offer: 'again' }
  if (problem.status === 0 || problem.status >= 500 || problem.status === 200 || problem.isTooFast) return { text: strings.provider, offer: 'again' }
  const id = problem.requestId ? ` (${problem.requestId})` : ''
  return { text: strings.setup + id, offer: null }
}
