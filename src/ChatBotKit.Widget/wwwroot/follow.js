// @ts-check
// Scrolling: the view follows an answer until its first line reaches the top, or until a person scrolls.

const Near = 48
const Margin = 16
const Keys = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' ']

/** Keeps the newest text in view. */
export class Follow {
  #scroller
  #mode
  #isFollowing = true
  /** @type {HTMLElement | null} */
  #answer = null
  #observer
  #content

  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} content
   * @param {() => string} mode `start`, `bottom` or `off`.
   * @param {(isShown: boolean) => void} onJump Called with whether newer text is below the view.
   */
  constructor(scroller, content, mode, onJump) {
    this.#scroller = scroller
    this.#mode = mode
    // Only a person ends following. A layout that changes scrolls too, so the event of scrolling decides nothing.
    const leave = () => { this.#isFollowing = false }
    for (const name of ['wheel', 'touchmove']) scroller.addEventListener(name, leave, { passive: true })
    scroller.addEventListener('keydown', ({ key }) => { if (Keys.includes(key)) leave() })
    // The bar beside the content is part of the scroller itself.
    scroller.addEventListener('pointerdown', ({ target }) => { if (target === scroller) leave() })
    const check = () => onJump(this.#below() > Near)
    scroller.addEventListener('scroll', () => {
      if (this.#mode() === 'bottom' && this.#below() <= 2) this.#isFollowing = true
      check()
    }, { passive: true })
    this.#observer = new ResizeObserver(() => { this.#move(); check() })
    this.#content = content
    this.open()
  }

  open() {
    this.#observer.observe(this.#content)
    this.#observer.observe(this.#scroller)
  }

  /** Shows the end, and follows from there. */
  toEnd() {
    this.#isFollowing = true
    this.#answer = null
    this.#scroller.scrollTop = this.#scroller.scrollHeight
  }

  /** Says which message is being written; null for none. @param {HTMLElement | null} answer */
  set answer(answer) {
    if (answer) this.#answer = answer
  }

  close() { this.#observer.disconnect() }

  #below() { return this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight }

  #move() {
    const mode = this.#mode()
    if (!this.#isFollowing || mode === 'off') return
    const end = this.#scroller.scrollHeight - this.#scroller.clientHeight
    const start = this.#answer?.isConnected && mode === 'start' ? this.#answer.offsetTop - Margin : Infinity
    const target = Math.min(end, start)
    if (target > this.#scroller.scrollTop) this.#scroller.scrollTop = target
  }
}
