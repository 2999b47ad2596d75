// @ts-check
// The state that is kept over a reload. A token is never kept.

/**
 * @typedef {object} Kept
 * @property {string} [conversationId]
 * @property {string} [sessionId]
 * @property {string} [runId] The run that this tab started and that has not ended.
 * @property {string} [draft]
 * @property {boolean} [hasContact] Whether the visitor has answered the question for a contact.
 * @property {string[]} [calls] The calls of functions that this tab has answered or begun to answer.
 */

/**
 * The state of one chat in this tab, and the key with which an anonymous visitor comes back: to this tab, or to this device. Storage that
 * throws keeps nothing over a reload.
 */
export class Kept {
  #name
  #mode
  /** @type {Kept} */
  #state = {}
  /** @type {string | null} */
  #resumeKey

  /**
   * @param {string} source The address or the id that the sessions come from.
   * @param {string} mode `tab`, `device` or `none`.
   */
  constructor(source, mode) {
    this.#name = `cbk:${source}`
    this.#mode = mode
    this.#state = mode === 'none' ? {} : attempt(() => JSON.parse(sessionStorage.getItem(this.#name) ?? '{}')) ?? {}
    this.#resumeKey = attempt(() => this.#keys?.getItem(`${this.#name}:key`) ?? null)
  }

  /** @template {keyof Kept} K @param {K} key @returns {Kept[K]} */
  get(key) { return this.#state[key] }

  /** @param {Partial<Kept>} values */
  set(values) {
    Object.assign(this.#state, values)
    if (this.#mode !== 'none') attempt(() => sessionStorage.setItem(this.#name, JSON.stringify(this.#state)))
  }

  clear() { this.set({ conversationId: undefined, sessionId: undefined, runId: undefined, draft: undefined, hasContact: undefined, calls: undefined }) }

  get resumeKey() { return this.#resumeKey }

  set resumeKey(key) {
    this.#resumeKey = key
    attempt(() => (key ? this.#keys?.setItem(`${this.#name}:key`, key) : this.#keys?.removeItem(`${this.#name}:key`)))
  }

  get #keys() { return this.#mode === 'device' ? localStorage : this.#mode === 'none' ? null : sessionStorage }
}

function attempt(action) {
  try {
    return action()
  } catch {
    return null
  }
}
