// @ts-check
// The line above the composer: what is wrong with the connection or the chat as a whole, and what can be done.
import { h } from './dom.js'

const QuietFor = 2000
const TriesUntilAsked = 5

/** One notice at a time. The one about the chat as a whole comes before those about the connection. */
export class Notices {
  #strings
  #locale
  #text = h('span', {})
  #button = h('button', { type: 'button', class: 'quiet strong', hidden: true, onclick: () => this.#action() })
  #action = () => {}
  #isBlocked = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  #tries = 0
  onTryNow = () => {}

  constructor(strings, locale) {
    this.#strings = strings
    this.#locale = locale
    this.element = h('div', { class: 'notice', part: 'notice', hidden: true, tabindex: '-1' }, this.#text, this.#button)
  }

  /** Whether the connection is lost. */
  get isLost() { return this.#tries > 0 }

  /** Reports the connection. @param {number} tries The failed tries in a row; 0 when it works. @param {number} [seconds] The time until the next one. */
  connection(tries, seconds) {
    this.#tries = tries
    if (this.#isBlocked) return
    if (tries === 0) return this.clear()
    if (seconds) return this.#countDown(Date.now() + seconds * 1000)
    const text = navigator.onLine ? this.#strings.lost : this.#strings.offline
    const action = tries > TriesUntilAsked ? { label: this.#strings.tryNow, run: () => this.onTryNow() } : undefined
    if (!this.element.hidden) this.show(text, action)
    else this.#timer ??= setTimeout(() => this.show(navigator.onLine ? this.#strings.lost : this.#strings.offline, action), navigator.onLine ? QuietFor : 0)
  }

  /** Shows a text; null removes it. @param {string | null} text @param {{label: string, run: () => void}} [action] */
  show(text, action, isBlocking = false) {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#isBlocked = isBlocking
    this.element.hidden = text === null
    this.element.classList.toggle('blocking', isBlocking)
    this.#text.textContent = text ?? ''
    this.#button.hidden = !action
    this.#button.textContent = action?.label ?? ''
    this.#action = action?.run ?? (() => {})
  }

  clear() { this.show(null) }

  /** Ends the timers, which would keep the chat in memory after it was removed from the page. */
  close() {
    clearTimeout(this.#connecting)
    this.clear()
  }

  focus() { (this.#button.hidden ? this.element : this.#button).focus() }

  set isConnecting(is) {
    clearTimeout(this.#connecting)
    if (is) this.#connecting = setTimeout(() => { if (this.element.hidden) this.show(this.#strings.connecting) }, QuietFor)
    else if (this.#text.textContent === this.#strings.connecting) this.clear()
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #connecting

  /** Returns a time that is this many seconds away, such as "in 5 minutes". @param {number} seconds */
  inTime(seconds) {
    /** @type {[number, any]} */
    const [value, unit] = seconds < 90 ? [seconds, 'second'] : seconds < 5400 ? [Math.round(seconds / 60), 'minute'] : seconds < 129_600 ? [Math.round(seconds / 3600), 'hour'] : [Math.round(seconds / 86_400), 'day']
    return new Intl.RelativeTimeFormat(this.#locale, { numeric: 'auto' }).format(value, unit)
  }

  #countDown(end) {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000))
    const time = new Intl.NumberFormat(this.#locale, { style: 'unit', unit: 'second' }).format(left)
    this.show(this.#strings.tooFast.replace('{time}', time))
    if (left > 0) this.#timer = setTimeout(() => this.#countDown(end), 1000)
  }
}
