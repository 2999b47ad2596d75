// @ts-check
// The texts that a screen reader announces. The messages on the page are no live region, so that no token is read out.
import { h } from './dom.js'

const Kept = 1500
const LongestPart = 400

/** Two hidden live regions. */
export class Announcer {
  #polite = h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' })
  #assertive = h('div', { class: 'unseen', role: 'alert', 'aria-live': 'assertive' })
  /** @type {Set<ReturnType<typeof setTimeout>>} */
  #timers = new Set()
  #isClosed = false

  get regions() { return [this.#polite, this.#assertive] }

  /** Says something when the screen reader has time, a long text part by part. @param {string} text */
  say(text) {
    for (const part of parts(text)) this.#add(this.#polite, part)
  }

  /** Says at once that something went wrong. @param {string} text */
  warn(text) { this.#add(this.#assertive, text) }

  open() { this.#isClosed = false }

  /** Says nothing from now on. A timer would keep the chat in memory after it was removed from the page. */
  close() {
    this.#isClosed = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    for (const region of this.regions) region.replaceChildren()
  }

  #add(region, text) {
    if (this.#isClosed) return
    const line = h('p', {}, text)
    region.append(line)
    // A text that stays would be found again by a person who reads the page.
    const timer = setTimeout(() => {
      line.remove()
      this.#timers.delete(timer)
    }, Kept)
    this.#timers.add(timer)
  }
}

function parts(text) {
  return text.length <= LongestPart ? [text] : text.split(/\n+/).filter((part) => part.trim())
}
