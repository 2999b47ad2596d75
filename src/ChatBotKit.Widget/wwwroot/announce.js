// @ts-check
// The texts that a screen reader announces. The messages on the page are no live region, so that no token is read out.
import { h } from './dom.js'

const Kept = 1500
const LongestPart = 400

/** Two hidden live regions. */
export class Announcer {
  #polite = h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' })
  #assertive = h('div', { class: 'unseen', role: 'alert', 'aria-live': 'assertive' })

  get regions() { return [this.#polite, this.#assertive] }

  /** Says something when the screen reader has time, a long text part by part. @param {string} text */
  say(text) {
    for (const part of parts(text)) add(this.#polite, part)
  }

  /** Says at once that something went wrong. @param {string} text */
  warn(text) { add(this.#assertive, text) }
}

function add(region, text) {
  const line = h('p', {}, text)
  region.append(line)
  // A text that stays would be found again by a person who reads the page.
  setTimeout(() => line.remove(), Kept)
}

function parts(text) {
  return text.length <= LongestPart ? [text] : text.split(/\n+/).filter((part) => part.trim())
}
