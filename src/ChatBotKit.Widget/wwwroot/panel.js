// @ts-check
// The panel of the chat: header, messages, composer.
import { Announcer } from './announce.js'
import { Composer } from './composer.js'
import { contrastOf } from './contrast.js'
import { Conversation } from './conversation.js'
import { h, iconButton, wear } from './dom.js'
import { explain } from './errors.js'
import { mintFor } from './mint.js'
import { Notices } from './notices.js'
import { Kept } from './storage.js'
import { css } from './styles.js'
import { Transcript } from './transcript.js'

const Narrow = '(max-width: 480px), (max-height: 420px)'

/** @typedef {{dock: HTMLElement, launcher: HTMLElement, home: URL, settings: Record<string, any>, setUnread: (count: number, label: string) => void, isReady: () => void}} Frame */

/** The content of the element after it was opened. */
export class Panel {
  #host
  #frame
  #scene
  #kept
  #shell
  #composer
  #transcript
  #notices
  #announcer = new Announcer()
  /** @type {any} */
  #conversation
  /** The session that was asked for before there was a panel; it is used once. @type {Promise<import('./mint.js').Grant> | undefined} */
  #first
  #unread = 0
  /** The newest message that another tab has shown. @type {string | undefined} */
  #readElsewhere
  /** @type {Promise<void> | undefined} */
  #opening
  /** @type {Element | null} */
  #opener = null
  #viewport = () => this.#fit()
  #online = () => this.retry()
  #hasConsent = false
  #consent
  /** What the settings of the element change in the header. @type {any} */
  #header = {}
  /** @type {HTMLElement | null} */
  #form = null

  /** Creates the panel, in the language of the element. @param {any} host @param {Frame} frame */
  static async create(host, frame) {
    const kept = new Kept(host.getAttribute('session-url') ?? host.getAttribute('widget') ?? '', host.getAttribute('persist') ?? 'tab')
    // A widget names its language with the first session, so that comes before the texts of an element that has no language.
    const isAsked = host.hasAttribute('widget') && !host.hasAttribute('lang') && isShown(host) && !host.querySelector('[slot=consent]')
    const first = isAsked ? mintFor(host, frame.settings, kept, frame.home)('start') : undefined
    await first?.catch(() => {})
    const [{ default: english }, { default: own }] = await Promise.all([import('./lang/en.js'), import(`./lang/${frame.dock.lang}.js`).catch(() => import('./lang/en.js'))])
    return new Panel(host, frame, { ...english, ...own, ...frame.settings.strings }, kept, first)
  }

  constructor(host, frame, strings, kept, first) {
    wear(host.shadowRoot, css)
    this.#host = host
    this.#frame = frame
    this.#scene = { strings, locale: frame.dock.lang, host, settings: frame.settings, options: optionsOf(host), say: (text) => this.#announcer.say(text) }
    this.#kept = kept
    this.#first = first
    this.#consent = new Promise((resolve) => host.addEventListener('cbk-consent', () => {
      this.#hasConsent = true
      resolve(undefined)
      this.connect()
    }))
    this.#transcript = new Transcript(this.#scene)
    this.#composer = new Composer(this.#scene)
    this.#notices = new Notices(strings, frame.dock.lang)
    this.#converse()
    this.#wire()
    this.#shell = this.#build()
    contrastOf(frame.dock, frame.launcher)
    this.#start()
    this.#dress()
    if (isShown(host)) this.#show()
    // Nothing is fetched for a panel that is closed, unless this tab has an answer to come back to.
    if (isShown(host) || host.hasAttribute('peek') || kept.get('runId')) this.connect()
  }

  get state() { return this.#notices.isLost ? (navigator.onLine ? 'reconnecting' : 'offline') : this.#conversation.state }
  get conversationId() { return this.#conversation.id }
  get launcherLabel() { return this.#scene.strings.open }
  get messages() { return Object.freeze(this.#transcript.messages.map(({ id, type, text }) => Object.freeze({ id, type, text }))) }

  focusComposer() {
    if (this.#form) this.#form.querySelector('input')?.focus()
    else if (!this.#composer.element.hidden) this.#composer.input.focus()
  }
  send(message) { return this.#conversation.send(typeof message === 'string' ? { text: message } : message) }
  stop() { return this.#conversation.stop() }
  retry() {
    if (this.#conversation.state !== 'failed') return this.#conversation.retry()
    this.#notices.clear()
    this.connect()
  }
  async restart() {
    this.#notices.clear()
    this.#composer.element.hidden = false
    await this.#conversation.restart().catch(() => {})
    this.focusComposer()
  }
  setDraft(text) { this.#composer.draft = text }
  addFiles(files) { return this.#composer.addFiles(files) }
  disconnect() {
    this.#conversation.close()
    this.#transcript.follow.close()
    this.#announcer.close()
    this.#notices.close()
    visualViewport?.removeEventListener('resize', this.#viewport)
    removeEventListener('online', this.#online)
  }

  /** Gets a session, unless the visitor has to consent first. */
  connect() {
    if (this.#needsConsent || !this.#host.isConnected) return
    this.#transcript.follow.open()
    this.#announcer.open()
    visualViewport?.addEventListener('resize', this.#viewport)
    const opening = this.#conversation.open()
    if (opening === this.#opening) return
    this.#opening = opening
    opening.then(() => { this.#frame.isReady(); this.#emit('cbk-ready', {}) }, () => {})
  }

  /** Shows a note that comes from the page and not from the bot. */
  notify({ id, text }) {
    if (id && this.#transcript.find(id)) return
    const message = this.#transcript.add('bot', { id, text })
    this.#arrived(message)
  }

  markRead() {
    this.#count(0)
    this.#conversation.tellRead(this.#transcript.last?.id)
  }

  async exportTranscript(format) {
    const { transcriptAs } = await import('./export.js')
    return transcriptAs(format, this.#transcript.messages, this.#scene.strings)
  }

  /** Reacts to an attribute or a property that has changed. @param {string} name */
  changed(name) {
    if (name === 'open') return this.#host.open ? this.#show() : this.#hide()
    Object.assign(this.#scene.options, optionsOf(this.#host))
    this.#arrange()
    if (name === 'mode') this.#remount()
    if (name === 'prompts' || name === 'intro') this.#start()
    if (name === 'pictures') this.#dress()
    if (name === 'theme') contrastOf(this.#frame.dock, this.#frame.launcher)
    if (['session-url', 'widget', 'server', 'getSession'].includes(name)) this.#changeSource()
  }

  /** @returns {import('./conversation.js').View} */
  #view() {
    return {
      transcript: this.#transcript,
      onState: () => this.#update(),
      onConnection: (tries, seconds) => { this.#notices.connection(tries, seconds); this.#emit('cbk-connection', { state: this.state, tries }) },
      onProblem: (problem) => this.#blocked(problem),
      explain: (problem) => this.#explain(problem),
      say: (text) => { if (this.#scene.options.announce !== 'off') this.#announcer.say(text) },
      warn: (text) => this.#announcer.warn(text),
      ask: (element) => this.#ask(element),
      onForm: (form) => this.#replaceComposer(form),
      onAnswer: (message) => this.#arrived(message),
      onRead: (id) => { this.#readElsewhere = id; this.#count(0) },
      emit: (name, detail, isCancelable) => this.#emit(name, detail, isCancelable),
    }
  }

  #wire() {
    this.#composer.onSend = (message) => this.send(message).catch(() => {})
    this.#composer.onStop = () => this.stop()
    this.#composer.onDraft = (draft) => this.#kept.set({ draft })
    this.#composer.onRefusal = (text) => { this.#notices.show(text || null); if (text) this.#announcer.warn(text) }
    this.#composer.draft = this.#kept.get('draft') ?? ''
    this.#transcript.onOlder = () => this.#conversation.older().catch(() => {})
    this.#transcript.onVote = (message, value) => this.#conversation.vote(message, value).catch(() => {})
    this.#notices.onTryNow = () => this.#conversation.tryNow()
  }

  #build() {
    const { strings } = this.#scene
    this.#header = {
      title: h('h2', { id: 'title', part: 'title' }),
      avatar: h('slot', { name: 'avatar' }),
      save: iconButton('save', strings.export, { onclick: () => this.#save() }),
      anew: iconButton('anew', strings.restart, { onclick: () => this.restart() }),
    }
    this.#arrange()
    const header = h('header', { part: 'header' }, h('slot', { name: 'header' }, this.#header.avatar, this.#header.title),
      h('div', { class: 'tools' }, this.#header.save, this.#header.anew,
        this.#host.mode === 'bubble' && iconButton('close', strings.close, { onclick: () => this.#host.hide() })))
    const footer = h('footer', { part: 'footer', dir: 'auto' }, this.#host.getAttribute('disclaimer') ?? '', h('slot', { name: 'footer' }))
    const shell = h(this.#host.mode === 'bubble' ? 'dialog' : 'section', { class: 'panel', part: 'panel', 'aria-labelledby': 'title' },
      header, h('slot', { name: 'consent' }), this.#transcript.element, this.#notices.element, this.#composer.element, footer, ...this.#announcer.regions)
    shell.addEventListener('keydown', (event) => this.#key(event))
    shell.addEventListener('cancel', (event) => { event.preventDefault(); this.#host.hide() })
    for (const name of ['dragover', 'drop']) shell.addEventListener(name, (event) => this.#dropped(event))
    shell.addEventListener('dragleave', (event) => { if (!shell.contains(event.relatedTarget)) delete shell.dataset.drop })
    this.#frame.dock.append(shell)
    return shell
  }

  /** Shows in the header and the composer what the settings of the element say. */
  #arrange() {
    const { strings, options } = this.#scene
    this.#header.title.textContent = this.#host.getAttribute('heading') ?? strings.title
    this.#header.save.hidden = !options.export
    this.#header.anew.hidden = !options.restart
    this.#composer.arrange()
  }

  #remount() {
    this.#shell.remove()
    this.#shell = this.#build()
    this.#dress()
    if (isShown(this.#host)) this.#show()
  }

  #changeSource() {
    this.#first = undefined
    this.#conversation.close()
    this.#converse()
    this.#notices.clear()
    this.connect()
  }

  #converse() {
    this.#conversation = new Conversation({ scene: this.#scene, view: this.#view(), kept: this.#kept, mint: this.#mintWithConsent() })
  }

  /** Shows the pictures that the attribute names. */
  async #dress() {
    const pictures = this.#host.getAttribute('pictures')
    if (!pictures) return
    const { dress } = await import('./faces.js')
    const isCurrent = () => this.#host.getAttribute('pictures') === pictures
    await dress(pictures, { root: this.#host.shadowRoot, bar: this.#header.avatar, launcher: this.#frame.launcher, transcript: this.#transcript, isCurrent })
  }

  /** Shows a form in the place of the composer; null shows the composer again. The focus goes along. @param {HTMLElement | null} form */
  #replaceComposer(form) {
    const active = this.#host.shadowRoot.activeElement
    const hadFocus = (this.#form ?? this.#composer.element).contains(active)
    if (!form && !this.#form) return
    this.#form?.remove()
    this.#form = form
    if (form) this.#composer.element.before(form)
    this.#composer.element.hidden = form !== null
    if (hadFocus) this.focusComposer()
  }

  get #needsConsent() { return !this.#hasConsent && this.#host.querySelector('[slot=consent]') !== null }

  /**
   * Returns the way to a session, which waits for the consent of the visitor. Everything that needs a session uses it.
   * @returns {import('./mint.js').Mint}
   */
  #mintWithConsent() {
    const mint = mintFor(this.#host, this.#frame.settings, this.#kept, this.#frame.home)
    return async (reason, grant) => {
      if (this.#needsConsent) await this.#consent
      const first = this.#first
      this.#first = undefined
      return (reason === 'start' && first) || mint(reason, grant)
    }
  }

  /** Whether the panel can't be seen. Only that of a bubble can be closed. */
  get #isClosed() { return this.#shell.localName === 'dialog' && !this.#shell.open }

  #show() {
    const shell = this.#shell
    if (this.#isClosed) {
      this.#opener = deepest()
      if (matchMedia(Narrow).matches) shell.showModal()
      else shell.show()
      this.focusComposer()
      this.connect()
      this.#emit('cbk-open', {})
    }
    this.#fit()
    this.#transcript.follow.toEnd()
    this.markRead()
  }

  #hide() {
    if (!this.#shell.open) return
    this.#shell.close()
    const target = this.#opener instanceof HTMLElement && this.#opener !== document.body && this.#opener.isConnected ? this.#opener : this.#frame.launcher
    target.focus()
    this.#emit('cbk-close', {})
  }

  /** Keeps the header and the newest message in view while the keyboard of a phone is open. */
  #fit() {
    const isFull = this.#shell.matches(':modal') && visualViewport
    this.#shell.style.blockSize = isFull ? `${visualViewport?.height}px` : ''
    if (isFull) this.#shell.style.insetBlockStart = `${visualViewport?.offsetTop}px`
  }

  #key(event) {
    const { key } = event
    if (key === 'Escape' && !event.defaultPrevented && this.#shell.open) {
      event.preventDefault()
      this.#host.hide()
    } else if (key === 'F6') {
      event.preventDefault()
      if (this.#transcript.scroller.contains(event.composedPath()[0])) this.focusComposer()
      else this.#transcript.scroller.focus()
    } else if ((key === 'PageUp' || key === 'PageDown') && event.composedPath()[0] === this.#composer.input && !this.#composer.draft) {
      event.preventDefault()
      this.#transcript.scroller.scrollBy(0, (key === 'PageUp' ? -1 : 1) * this.#transcript.scroller.clientHeight * 0.9)
      this.#transcript.scroller.dispatchEvent(new WheelEvent('wheel'))
    }
  }

  #dropped(event) {
    if (this.#scene.options.attachments === null || !event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    this.#shell.dataset.drop = this.#scene.strings.drop
    if (event.type !== 'drop') return
    delete this.#shell.dataset.drop
    this.addFiles(event.dataTransfer.files)
  }

  /** Shows the intro and the prompts of an empty conversation. */
  #start() {
    const { intro, prompts } = this.#scene.options
    const list = this.#frame.settings.prompts ?? prompts
    this.#transcript.start.replaceChildren(...[h('slot', { name: 'start' }), intro && h('p', { class: 'intro' }, intro),
      list.length > 0 && h('div', { class: 'prompts', part: 'prompts' }, ...list.map(({ label, text }) => h('button', {
        type: 'button', class: 'prompt', part: 'prompt', onclick: () => { this.focusComposer(); this.send({ text: text ?? label }).catch(() => {}) },
      }, label ?? text)))].filter((one) => one instanceof Node))
    this.#update()
  }

  #blocked(problem) {
    const { strings } = this.#scene
    const { text, offer } = this.#explain(problem)
    const isOver = problem.isFinal
    const hadFocus = this.#composer.element.contains(this.#host.shadowRoot.activeElement)
    if (isOver) this.#replaceComposer(null)
    this.#composer.element.hidden = isOver || problem.code === 'ORIGIN_NOT_ALLOWED'
    this.#notices.show(text, offer === 'anew' ? { label: strings.startAnew, run: () => this.restart() }
      : offer === 'again' ? { label: strings.tryAgain, run: () => { this.retry(); this.focusComposer() } } : undefined, true)
    this.#announcer.warn(text)
    if (problem.isConnection) addEventListener('online', this.#online, { once: true })
    if (hadFocus && this.#composer.element.hidden) this.#notices.focus()
  }

  /** Shows a question to the visitor. @param {HTMLElement} element @returns {() => void} Takes it away; the focus goes to the composer. */
  #ask(element) {
    const card = this.#transcript.insert(element)
    this.#transcript.follow.toEnd()
    this.#announcer.warn(element.getAttribute('aria-label') ?? '')
    return () => {
      const hadFocus = card.contains(this.#host.shadowRoot.activeElement)
      card.remove()
      if (hadFocus) this.focusComposer()
    }
  }

  #explain(problem) { return explain(problem, this.#scene.strings, (seconds) => this.#notices.inTime(seconds)) }

  #arrived(message) {
    this.#emit('cbk-message', { id: message.id, type: message.type, text: message.text })
    if (this.#scene.options.announce === 'answer') this.#announcer.say(message.plainText)
    if (!this.#isClosed) this.markRead()
    else if (!message.id || message.id !== this.#readElsewhere) this.#count(this.#unread + 1)
  }

  #count(count) {
    if (count === this.#unread) return
    this.#unread = count
    const { open, unread } = this.#scene.strings
    this.#frame.setUnread(count, count ? `${open}. ${unread.replace('{n}', String(count))}` : open)
    this.#emit('cbk-unread', { count })
  }

  #update() {
    this.#composer.isBusy = this.#conversation?.isBusy ?? false
    this.#transcript.start.hidden = this.#transcript.messages.length > 0
    this.#notices.isConnecting = this.#conversation?.state === 'connecting'
  }

  async #save() {
    const { save } = await import('./export.js')
    save(this.#transcript.messages, this.#scene.strings)
  }

  #emit(name, detail, cancelable = false) {
    return this.#host.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable, detail }))
  }
}

const isShown = (host) => host.open || host.mode !== 'bubble'

/** The settings in the attributes of the element. @param {HTMLElement} host */
function optionsOf(host) {
  const text = (name) => host.getAttribute(name)
  const is = (name) => text(name) !== null
  const choice = (name, ...values) => values.find((value) => value === text(name)) ?? values[0]
  const images = text('images') ?? 'off'
  return {
    placeholder: text('placeholder'),
    intro: text('intro'),
    prompts: promptsOf(text('prompts')),
    attachments: text('attachments'),
    feedback: is('feedback'),
    restart: is('restart'),
    export: is('export'),
    follow: choice('follow', 'start', 'bottom', 'off'),
    enter: choice('enter', 'send', 'newline'),
    startFirst: is('start-first'),
    announce: choice('announce', 'answer', 'status', 'off'),
    images: images === 'off' ? [] : images.split(/[\s,]+/),
  }
}

function promptsOf(json) {
  try {
    const prompts = JSON.parse(json ?? '[]')
    return Array.isArray(prompts) ? prompts : []
  } catch {
    console.warn('<chatbotkit-chat>: the attribute prompts is no JSON array of {label, text}.')
    return []
  }
}

/** The focused element, also inside of shadow roots. */
function deepest() {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return active
}
