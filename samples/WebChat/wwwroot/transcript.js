// The list of messages on the page.
import { render } from './markdown.js'

const Speakers = { user: 'You said:', bot: 'The shop said:' }

/** What was said, for eyes and ears: each message names its speaker, and an answer is read out once, when it is whole. */
export class Transcript {
  #list
  #announcer
  #shown = new Set()

  constructor(list, announcer) {
    this.#list = list
    this.#announcer = announcer
  }

  /** Shows these messages in place of all. */
  replace(messages) {
    this.#list.replaceChildren()
    this.#shown.clear()
    messages.filter(({ type }) => type in Speakers).forEach(({ id, type, text }) => this.add(type, text, id))
  }

  has(id) {
    return this.#shown.has(id)
  }

  /** Says that a message is on the page, so that the run that tells it again does not show it twice. */
  keep(id) {
    if (id) this.#shown.add(id)
  }

  add(who, text, id) {
    this.keep(id)
    const bubble = new Bubble(this.#list, who)
    bubble.write(text)
    return bubble
  }

  announce(text) {
    this.#announcer.textContent = text
  }

  scrollToEnd() {
    this.#list.scrollTop = this.#list.scrollHeight
  }
}

class Bubble {
  #list
  #item = document.createElement('li')
  #body = document.createElement('div')
  #isPlain
  #text = ''
  #frame = 0

  constructor(list, who) {
    const speaker = Object.assign(document.createElement('span'), { className: 'unseen', textContent: Speakers[who] })
    this.#body.className = 'text'
    this.#item.className = who
    this.#item.append(speaker, this.#body)
    this.#isPlain = who === 'user'
    this.#list = list
    list.append(this.#item)
  }

  get text() {
    return this.#text
  }

  set isWriting(is) {
    this.#item.classList.toggle('writing', is)
    this.#item.setAttribute('aria-busy', String(is))
  }

  set note(text) {
    this.#item.append(Object.assign(document.createElement('small'), { textContent: text }))
  }

  /** Adds text. The page is made anew once for each frame, however many pieces come in between. */
  write(text) {
    this.#text += text
    if (this.#isPlain || this.#text === text) this.#show()
    else this.#frame ||= requestAnimationFrame(() => this.#show())
  }

  clear() {
    this.#text = ''
    this.#show()
  }

  finish() {
    cancelAnimationFrame(this.#frame)
    this.#show()
    this.isWriting = false
  }

  remove() {
    this.#item.remove()
  }

  #show() {
    this.#frame = 0
    // Somebody who has scrolled up to read is left alone.
    const follows = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < 80
    if (this.#isPlain) this.#body.textContent = this.#text
    else this.#body.replaceChildren(render(this.#text))
    if (follows) this.#list.scrollTop = this.#list.scrollHeight
  }
}
