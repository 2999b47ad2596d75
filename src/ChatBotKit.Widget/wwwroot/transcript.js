// @ts-check
// The messages of a conversation on the page.
import { h, icon, iconButton } from './dom.js'
import { Follow } from './follow.js'
import { Markdown, safeLink } from './markdown/render.js'

/** @typedef {{strings: Record<string, string>, locale: string, host: HTMLElement, settings: Record<string, any>, options: any, say: (text: string) => void}} Scene */

/** The list of messages. */
export class Transcript {
  #scene
  #list
  #typing
  #jump
  /** @type {Message[]} */
  #messages = []
  onOlder = () => {}
  #older
  /** @type {(message: Message, value: 'up' | 'down') => void} */
  onVote = () => {}
  /** Called with each new message. @type {(message: Message) => void} */
  onNew = () => {}

  /** @param {Scene} scene */
  constructor(scene) {
    this.#scene = scene
    const { strings } = scene
    this.#list = h('ol', { class: 'messages', role: 'list' })
    this.#older = h('button', { type: 'button', class: 'quiet older', hidden: true, onclick: () => this.onOlder() }, strings.older)
    this.start = h('div', { class: 'start' }, h('slot', { name: 'start' }))
    this.#typing = h('div', { class: 'typing', hidden: true, 'aria-hidden': 'true' }, h('i'), h('i'), h('i'))
    const content = h('div', { class: 'content' }, this.#older, this.start, this.#list, this.#typing)
    this.scroller = h('div', { class: 'transcript', part: 'transcript', role: 'region', tabindex: '0', 'aria-label': strings.messages }, content)
    this.#jump = iconButton('jump', strings.jump, { class: 'jump', part: 'jump', hidden: true, onclick: () => this.follow.toEnd() })
    this.element = h('div', { class: 'middle' }, this.scroller, this.#jump)
    this.follow = new Follow(this.scroller, content, () => scene.options.follow, (isShown) => { this.#jump.hidden = !isShown })
    this.scroller.addEventListener('keydown', (event) => this.#walk(event))
    this.scroller.addEventListener('click', (event) => this.#clicked(event))
  }

  get messages() { return this.#messages }
  get last() { return this.#messages.at(-1) }
  find(id) { return this.#messages.find((message) => message.id === id) }
  set hasOlder(is) { this.#older.hidden = !is }
  set isTyping(is) { this.#typing.hidden = !is }

  /** Adds a message at the end. @param {'user' | 'bot'} type @param {{id?: string, text?: string, files?: File[], at?: number}} values */
  add(type, values = {}) {
    const message = this.#new(type, values)
    this.#messages.push(message)
    this.#list.append(message.element)
    return message
  }

  /** Adds older messages before the others. The ones in view stay where they are. */
  prepend(items) {
    const { scroller } = this
    const below = scroller.scrollHeight - scroller.scrollTop
    const older = items.map(({ id, type, text, createdAt }) => this.#new(type, { id, text, at: createdAt }))
    this.#messages.unshift(...older)
    this.#list.prepend(...older.map((message) => message.element))
    scroller.scrollTop = scroller.scrollHeight - below
  }

  remove(message) {
    message.element.remove()
    this.#messages = this.#messages.filter((one) => one !== message)
  }

  /** Removes the messages. @param {(message: Message) => boolean} [isKept] */
  clear(isKept = () => false) {
    this.#messages = this.#messages.filter(isKept)
    this.#list.replaceChildren(...this.#messages.map((message) => message.element))
    this.hasOlder = this.isTyping = false
  }

  /** Adds an element between messages, such as a question to the visitor. */
  insert(element) {
    const card = h('li', { class: 'card' }, element)
    this.#list.append(card)
    return card
  }

  #new(type, values) {
    const message = new Message(this.#scene, type, values)
    message.onVote = (value) => this.onVote(message, value)
    this.onNew(message)
    return message
  }

  /** Arrow keys go from message to message, and Escape goes back to the list. */
  #walk(event) {
    const items = [...this.#list.children]
    const current = items.findIndex((item) => item === event.composedPath()[0])
    if (event.key === 'Escape' && current >= 0) {
      this.scroller.focus()
      event.stopPropagation()
    }
    const isAtList = event.composedPath()[0] === this.scroller
    if (current < 0 && !isAtList) return
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    const next = step ? items[current < 0 ? items.length - 1 : current + step] : event.key === 'Home' ? items[0] : event.key === 'End' ? items.at(-1) : null
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  #clicked(event) {
    const target = event.composedPath()[0].closest?.('a, [data-copy]')
    if (target?.matches('a')) {
      const link = new CustomEvent('cbk-link', { bubbles: true, composed: true, cancelable: true, detail: { url: target.href } })
      if (!this.#scene.host.dispatchEvent(link)) event.preventDefault()
    } else if (target) {
      const code = target.closest('.code').querySelector('pre').textContent
      copy(code, target, this.#scene)
    }
  }
}

/** A message. The one of a bot can be written piece by piece. */
export class Message {
  #scene
  #body
  #actions
  #note
  #markdown
  #text = ''
  #frame = 0
  /** @type {(value: 'up' | 'down') => void} */
  onVote = () => {}

  /** @param {Scene} scene @param {'user' | 'bot'} type @param {{id?: string, text?: string, files?: File[], at?: number}} values */
  constructor(scene, type, { id, text, files = [], at = Date.now() }) {
    this.#scene = scene
    this.type = type
    this.id = id
    const { strings } = scene
    const time = new Intl.DateTimeFormat(scene.locale, { timeStyle: 'short' }).format(at)
    this.#body = h('div', { class: 'text', dir: 'auto' })
    const bubble = h('div', { class: 'bubble', part: 'bubble' }, this.#body)
    this.chips = h('ul', { class: 'chips', role: 'list', hidden: files.length === 0 }, ...files.map((file) => h('li', { class: 'chip' }, icon('file'), h('bdi', {}, file.name))))
    this.#actions = h('div', { class: 'actions', part: 'actions' })
    this.#note = h('div', { class: 'note', hidden: true })
    this.element = h('li', { class: `message ${type}`, part: `message message-${type}`, tabindex: '-1' },
      h('span', { class: 'unseen' }, `${type === 'user' ? strings.you : strings.bot}, ${time}:`), this.chips, bubble, this.#actions, this.#note)
    this.#markdown = type === 'bot' ? new Markdown(this.#body, contextOf(scene)) : null
    if (text) this.write(text)
    if (text && type === 'bot') this.finish()
    if (!text && type === 'user') bubble.hidden = true
  }

  get text() { return this.#text }

  /** Adds text. The page is changed once for each frame, however many pieces arrive in between. */
  write(text) {
    this.#text += text
    if (!this.#markdown) this.#body.textContent = this.#text
    else {
      this.element.classList.add('writing')
      this.#frame ||= requestAnimationFrame(() => { this.#frame = 0; this.#markdown?.show(this.#text, false) })
    }
  }

  /** Shows the whole text. @param {string} [text] The text as it was stored. */
  finish(text) {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    if (text !== undefined && text !== this.#text) {
      if (!text.startsWith(this.#text)) this.#markdown?.clear()
      this.#text = text
    }
    this.#markdown?.show(this.#text, true)
    this.element.classList.remove('writing')
    if (this.#text && !this.#actions.childElementCount) this.#addActions()
  }

  /** The text without Markdown, a line for each block. */
  get plainText() {
    const body = this.#body.cloneNode(true)
    for (const extra of body.querySelectorAll('.bar, .unseen')) extra.remove()
    for (const end of body.querySelectorAll('p, li, tr, pre, h1, h2, h3, h4, h5, h6')) end.append('\n')
    for (const end of body.querySelectorAll('td, th')) end.append(' ')
    return body.textContent.replace(/\n+/g, '\n').trim()
  }

  get isWaiting() { return this.element.classList.contains('waiting') }
  set isWaiting(is) { this.element.classList.toggle('waiting', is) }

  /** Shows a line below the message, with something to do; null removes it. @param {string | null} text @param {{label: string, run: () => void}} [action] */
  note(text, action, isError = false) {
    this.#note.hidden = text === null
    this.#note.className = isError ? 'note error' : 'note'
    this.#note.replaceChildren(...text === null ? [] : [h('span', { part: isError ? 'error' : undefined }, text)])
    if (action) this.#note.append(h('button', { type: 'button', class: 'quiet strong', onclick: action.run }, action.label))
  }

  #addActions() {
    const { strings, options } = this.#scene
    this.#actions.append(iconButton('copy', strings.copy, { onclick: (event) => copy(this.#text, event.currentTarget, this.#scene) }))
    if (options.feedback) import('./feedback.js').then(({ addVotes }) => addVotes(this.#actions, strings, (value) => this.onVote(value)), () => {})
  }
}

/** The parts that the Markdown of a message may have. @param {Scene} scene */
function contextOf({ strings, settings, options }) {
  return {
    isOpen: false,
    strings,
    highlight: (code, language) => settings.highlight?.(code, language) ?? null,
    link: (url) => {
      const wanted = settings.linkFilter ? settings.linkFilter(url) : url
      return typeof wanted === 'string' ? safeLink(wanted) : null
    },
    isImageShown: (url) => options.images.some((origin) => URL.canParse(url) && new URL(url).origin === (origin === 'same-origin' ? location.origin : origin)),
  }
}

async function copy(text, button, { strings, say }) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // Pages without HTTPS have no clipboard, and a page may forbid it.
    return
  }
  say(strings.copied)
  button.classList.add('done')
  setTimeout(() => button.classList.remove('done'), 1500)
}
