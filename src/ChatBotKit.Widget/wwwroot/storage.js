// @ts-check
// The state that is kept over a reload. A token is never kept.

/**
 * @typedef {object} Kept
 * @property {string} [conversationId]
 * @property {string} [sessionId]
 * @property {string} [runId] The run that this tab started and that has not ended.
 * @property {string} [draft]
 * @property {string[]} [calls] The calls of functions that this tab has answered or begun to answer.
 */

/** The state of one chat in this tab, and the key with which an anonymous visitor comes back. Storage that throws keeps nothing. */
export class Kept {
  #name
  #mode
  /** @type {Kept} */
  #state = {}

  /**
   * @param {string} source The address or the id that the sessions come from.
   * @param {string} mode `tab`, `device` or `none`.
   */
  constructor(source, mode) {
    this.#name = `cbk:${source}`
    this.#mode = mode
    this.#state = mode === 'none' ? {} : attempt(() => JSON.parse(sessionStorage.getItem(this.#name) ?? '{}')) ?? {}
  }

  /** @template {keyof Kept} K @param {K} key @returns {Kept[K]} */
  get(key) { return this.#state[key] }

  /** @param {Partial<Kept>} values */
  set(values) {
    Object.assign(this.#state, values)
    if (this.#mode !== 'none') attempt(() => sessionStorage.setItem(this.#name, JSON.stringify(this.#state)))
  }

  clear() { this.set({ conversationId: undefined, sessionId: undefined, runId: undefined, draft: undefined, calls: undefined }) }

  get resumeKey() { return this.#mode === 'device' ? attempt(() => localStorage.getItem(this.#name)) : null }

  set resumeKey(key) {
    if (this.#mode !== 'device') return
    attempt(() => (key ? localStorage.setItem(this.#name, key) : localStorage.removeItem(this.#name)))
  }
}

function attempt(action) {
  try {
    return action()
  } catch {
    return null
  }
}
