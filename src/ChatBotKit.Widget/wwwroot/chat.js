// @ts-check
// The element <chatbotkit-chat> and its button. Everything else is loaded when the chat is opened for the first time.

const Open = {
  en: 'Open chat', ar: 'فتح المحادثة', de: 'Chat öffnen', es: 'Abrir el chat', fr: 'Ouvrir le chat', he: 'פתיחת הצ׳אט', it: 'Apri la chat',
  ja: 'チャットを開く', nl: 'Chat openen', pl: 'Otwórz czat', 'pt-BR': 'Abrir o chat', sv: 'Öppna chatten', tr: 'Sohbeti aç',
  uk: 'Відкрити чат', 'zh-Hans': '打开聊天',
}

const Attributes = [
  'session-url', 'widget', 'server', 'mode', 'open', 'position', 'theme', 'lang', 'heading', 'intro', 'placeholder', 'disclaimer',
  'prompts', 'attachments', 'max-files', 'max-bytes', 'feedback', 'restart', 'export', 'peek', 'follow', 'enter', 'announce',
  'persist', 'images', 'autofocus', 'start-first', 'pictures',
]

/** The properties that a page sets and that the panel reads. */
const Settings = ['getSession', 'functions', 'prompts', 'contact', 'meta', 'strings', 'highlight', 'linkFilter']

const Modes = ['bubble', 'inline', 'page']

/** The modules of an open chat, apart from its language. */
const Modules = [
  'announce', 'composer', 'contrast', 'conversation', 'dom', 'errors', 'follow', 'markdown/blocks', 'markdown/inline', 'markdown/render', 'mint',
  'net', 'notices', 'panel', 'reader', 'run', 'session', 'storage', 'styles', 'transcript',
]

/** Inner rules that are important win over every rule of the page, so that no style of the page reaches the chat. */
const css = `
:host { all: initial !important; display: contents !important; color-scheme: light dark !important; }
:host([hidden]) { display: none !important; }
:host([theme=light]) { color-scheme: light !important; }
:host([theme=dark]) { color-scheme: dark !important; }
.dock { position: fixed; z-index: var(--cbk-z, 2147483000); inset-block-end: 20px; inset-inline-end: 20px;
  font: normal 400 var(--cbk-font-size, medium)/1.55 var(--cbk-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif);
  --accent: var(--cbk-accent, light-dark(#3155c6, #8aa4ff)); --on-accent: var(--cbk-on-accent, var(--chosen-on-accent, light-dark(#fff, #101426)));
  --focus: var(--cbk-focus, var(--accent)); --shadow: var(--cbk-shadow, 0 12px 40px #0f172a33, 0 2px 8px #0f172a1f); }
.dock[data-position=bottom-start] { inset-inline: 20px auto; }
.dock[data-position=top-end] { inset-block: 20px auto; }
.dock[data-position=top-start] { inset-block: 20px auto; inset-inline: 20px auto; }
.dock:is([data-mode=inline], [data-mode=page]) { position: static; display: block; inline-size: var(--cbk-width, 100%); block-size: var(--cbk-height, 36em); }
.dock[data-mode=page] { position: fixed; inset: 0; inline-size: auto; block-size: auto; }
.launcher { position: relative; display: grid; place-items: center; inline-size: 56px; block-size: 56px; padding: 0; border: 0; border-radius: 50%;
  background: var(--accent); color: var(--on-accent); cursor: pointer; box-shadow: var(--shadow); transition: transform .16s ease; }
.launcher:hover { transform: scale(1.05); }
.launcher:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; }
.launcher[aria-busy=true] { cursor: progress; }
.launcher ::slotted(*) { pointer-events: none; }
.launcher svg { inline-size: 26px; block-size: 26px; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.badge { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-inline-size: 22px; padding-inline: 6px; box-sizing: border-box;
  border-radius: 11px; background: var(--cbk-danger, #c02b2b); color: #fff; font: 600 12px/22px system-ui, sans-serif; text-align: center; }
[hidden] { display: none !important; }
@media (prefers-reduced-motion: reduce) { .launcher { transition: none; } .launcher:hover { transform: none; } }
@media (forced-colors: active) { .launcher { border: 2px solid ButtonText; forced-color-adjust: auto; } }
@media print { .launcher { display: none; } }
`

/** The script's address, next to which the other files are. */
const Home = new URL('.', import.meta.url)

/** @type {CSSStyleSheet | undefined} */
let style

/** A chat with a bot. */
export class ChatBotKitChat extends HTMLElement {
  static observedAttributes = Attributes

  #settings = /** @type {Record<string, any>} */ ({})
  /** @type {Promise<any> | undefined} */
  #panel
  /** @type {any} */
  #loaded
  #ready = /** @type {PromiseWithResolvers<void>} */ (deferred())
  #dock
  #launcher
  #badge
  #unread = 0

  constructor() {
    super()
    const root = this.attachShadow({ mode: 'open' })
    style ??= sheet(css)
    root.adoptedStyleSheets = [style]
    this.#badge = element('span', { class: 'badge', part: 'badge', 'aria-hidden': 'true', hidden: '' })
    this.#launcher = element('button', { class: 'launcher', part: 'launcher', type: 'button', 'aria-expanded': 'false', 'aria-haspopup': 'dialog' })
    const slot = element('slot', { name: 'launcher' })
    slot.append(picture())
    this.#launcher.append(slot, this.#badge)
    this.#launcher.addEventListener('click', () => this.toggle())
    // A hand that comes to the button is about to press it, so the files are on their way before the click.
    for (const name of ['pointerenter', 'focus']) this.#launcher.addEventListener(name, () => this.#request(), { once: true })
    this.#dock = element('div', { class: 'dock' })
    this.#dock.append(this.#launcher)
    root.append(this.#dock)
    for (const name of Settings) this.#adopt(name)
  }

  connectedCallback() {
    this.#arrange()
    if (this.#loaded) this.#loaded.connect()
    else if (this.open || this.mode !== 'bubble' || this.hasAttribute('peek') || this.#wasAnswering()) this.#load()
  }

  disconnectedCallback() {
    // An element that is only moved is connected again at once.
    queueMicrotask(() => { if (!this.isConnected) this.#loaded?.disconnect() })
  }

  attributeChangedCallback(/** @type {string} */ name, /** @type {string | null} */ before, /** @type {string | null} */ now) {
    if (before === now || !this.isConnected) return
    this.#arrange()
    if (name === 'open' && now !== null) this.#load()
    this.#loaded?.changed(name)
  }

  get mode() { return Modes.find((mode) => mode === this.getAttribute('mode')) ?? 'bubble' }
  set mode(value) { this.setAttribute('mode', value) }

  get open() { return this.hasAttribute('open') }
  set open(value) { this.toggleAttribute('open', Boolean(value)) }

  get ready() { return this.#ready.promise }
  get state() { return this.#loaded?.state ?? 'connecting' }
  get messages() { return this.#loaded?.messages ?? Object.freeze([]) }
  get unread() { return this.#unread }
  get conversationId() { return this.#loaded?.conversationId ?? null }
  get version() { return '1' }

  async show() { this.open = true; await this.#load(); this.focusComposer() }
  async hide() { this.open = false }
  async toggle() { return this.open ? this.hide() : this.show() }
  async focusComposer() { (await this.#load()).focusComposer() }
  async send(/** @type {{text?: string, files?: File[], hidden?: boolean}} */ message) { return (await this.#load()).send(message) }
  async stop() { return (await this.#load()).stop() }
  async retry() { return (await this.#load()).retry() }
  async restart() { return (await this.#load()).restart() }
  async setDraft(/** @type {string} */ text) { (await this.#load()).setDraft(text) }
  async addFiles(/** @type {Iterable<File>} */ files) { await (await this.#load()).addFiles(files) }
  async notify(/** @type {{id?: string, text: string}} */ note) { (await this.#load()).notify(note) }
  async markRead() { this.#loaded?.markRead() }
  async exportTranscript(/** @type {'markdown' | 'text'} */ format = 'markdown') { return (await this.#load()).exportTranscript(format) }
  async disconnect() { this.#loaded?.disconnect() }

  /** Requests all modules at the same time. Each would otherwise be requested only after the one that imports it has arrived. */
  #request() {
    for (const name of [...Modules, 'lang/en', `lang/${languageOf(this).language}`]) import(`./${name}.js`).catch(() => {})
  }

  /** Loads the panel once, and gives it what it needs from the element. */
  #load() {
    if (this.#panel) return this.#panel
    this.#launcher.setAttribute('aria-busy', 'true')
    this.#request()
    this.#panel = import('./panel.js').then(async ({ Panel }) => {
      this.#loaded = await Panel.create(this, {
        dock: this.#dock, launcher: this.#launcher, home: Home, settings: this.#settings,
        setUnread: (/** @type {number} */ count, /** @type {string} */ label) => this.#showUnread(count, label),
        isReady: () => this.#ready.resolve(),
      })
      this.#launcher.removeAttribute('aria-busy')
      this.#arrange()
      // The page removed the element while the files were loaded.
      if (!this.isConnected) this.#loaded.disconnect()
      return this.#loaded
    })
    this.#panel.catch(() => {
      // The files did not arrive. The next click tries again.
      this.#panel = undefined
      this.#launcher.removeAttribute('aria-busy')
      this.open = false
    })
    return this.#panel
  }

  #arrange() {
    const { language, isRtl } = languageOf(this)
    this.#dock.dataset.mode = this.mode
    this.#dock.dataset.position = this.getAttribute('position') ?? 'bottom-end'
    this.#dock.dir = isRtl ? 'rtl' : 'ltr'
    this.#dock.lang = language
    this.#launcher.hidden = this.mode !== 'bubble'
    this.#launcher.setAttribute('aria-expanded', String(this.open))
    if (!this.#unread) this.#launcher.setAttribute('aria-label', this.#loaded?.launcherLabel ?? Open[language] ?? Open.en)
  }

  #showUnread(count, label) {
    this.#unread = count
    this.#badge.textContent = count > 99 ? '99+' : String(count)
    this.#badge.hidden = count === 0
    this.#launcher.setAttribute('aria-label', label)
  }

  /** Whether an answer was being written when this tab was reloaded. */
  #wasAnswering() {
    try {
      return Boolean(JSON.parse(sessionStorage.getItem(`cbk:${this.getAttribute('session-url') ?? this.getAttribute('widget') ?? ''}`) ?? '{}').runId)
    } catch {
      return false
    }
  }

  /** Turns a property into a setting, also one that the page set before this script was loaded. */
  #adopt(name) {
    const early = Object.getOwnPropertyDescriptor(this, name)?.value
    if (name !== 'prompts' || early !== undefined) this.#settings[name] = early
    Object.defineProperty(this, name, {
      configurable: true,
      enumerable: true,
      get: () => this.#settings[name],
      set: (value) => { this.#settings[name] = value; this.#loaded?.changed(name) },
    })
  }
}

/** The language of the element: the one of its own, else of the document; English for one that is not built in. */
function languageOf(/** @type {HTMLElement} */ host) {
  const wanted = host.lang || document.documentElement.lang || 'en'
  const [first] = wanted.toLowerCase().split('-')
  const language = Object.keys(Open).find((code) => code.toLowerCase() === wanted.toLowerCase())
    ?? Object.keys(Open).find((code) => code.split('-')[0] === first) ?? 'en'
  return { language, isRtl: language === 'ar' || language === 'he' }
}

function deferred() {
  let resolve = () => {}
  return { promise: new Promise((done) => { resolve = () => done(undefined) }), resolve: () => resolve() }
}

function element(tag, attributes) {
  const result = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) result.setAttribute(name, value)
  return result
}

function picture() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  path.setAttribute('d', 'M4 5.5h16v11h-8.5L7 20v-3.5H4z')
  svg.append(path)
  return svg
}

function sheet(text) {
  const result = new CSSStyleSheet()
  result.replaceSync(text)
  return result
}

if (!customElements.get('chatbotkit-chat')) customElements.define('chatbotkit-chat', ChatBotKitChat)
