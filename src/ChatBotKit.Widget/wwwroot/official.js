// @ts-check
// The element <chatbotkit-widget> for pages that were written for the official widget. It passes everything on to <chatbotkit-chat>.
import './chat.js'

/** The home of the scripts, from which a page that names no other server gets its sessions. */
const Home = new URL('../../', import.meta.url).href

const Positions = { 'bottom-right': 'bottom-end', 'bottom-left': 'bottom-start', 'top-right': 'top-end', 'top-left': 'top-start' }

/** The attributes with the same meaning under another name. */
const Same = { widget: 'widget', placeholder: 'placeholder', language: 'lang', bartitle: 'heading' }

const Attributes = ['widget', 'open', 'cache', 'session', 'layout', 'position', 'placeholder', 'language', 'baricon', 'bartitle', 'boticon', 'usericon', 'buttonicon', 'hidebar', 'hidebutton', 'plugins', 'host']

/** @type {Set<string>} */
const warned = new Set()

/** Tells the developer once that something of the official widget has no effect here. @param {string} what */
function warn(what) {
  if (warned.has(what)) return
  warned.add(what)
  console.warn(`<chatbotkit-widget>: ${what} has no effect with this server. <chatbotkit-chat> is its own element, see docs/widget.md.`)
}

const isOn = (value) => value !== null && value !== 'false'

/** The names and the behaviour of the official element. */
class ChatBotKitWidget extends HTMLElement {
  static observedAttributes = Attributes

  /** @type {any} */
  #chat
  #ready = false
  /** @type {(is: boolean) => void} */
  #resolve = () => {}
  #readyPromise = new Promise((resolve) => { this.#resolve = resolve })
  #notifications = {}
  #hidden = new CSSStyleSheet()

  constructor() {
    super()
    const root = this.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = [this.#hidden]
    this.#chat = document.createElement('chatbotkit-chat')
    for (const name of ['functions', 'contact', 'meta', 'notifications']) this.#adopt(name)
    const pass = (name, to, detail) => this.#chat.addEventListener(name, (event) => this.#emit(to, detail(event.detail)))
    this.#chat.addEventListener('cbk-ready', () => {
      this.#ready = true
      this.#resolve(true)
      this.#emit('ready', {})
    })
    pass('cbk-send', 'send', ({ text }) => ({ text }))
    pass('cbk-restart', 'onRestartConversation', () => ({}))
    this.#chat.addEventListener('cbk-message', (event) => {
      this.#emit('item', event.detail)
      if (event.detail.type === 'bot') this.#emit('receive', event.detail)
    })
  }

  connectedCallback() {
    for (const name of Attributes) this.#map(name, this.getAttribute(name))
    if (!this.#chat.isConnected) this.shadowRoot?.append(this.#chat)
  }

  attributeChangedCallback(/** @type {string} */ name, /** @type {string | null} */ before, /** @type {string | null} */ now) {
    if (before !== now && this.isConnected) this.#map(name, now)
  }

  get ready() { return this.#ready }
  get readyPromise() { return this.#readyPromise }
  get open() { return this.#chat.open }
  set open(is) { this.#chat.open = is }
  get messages() { return this.#ready ? this.#chat.messages : null }
  set messages(_) { warn('setting the messages') }
  get functions() { return this.#chat.functions ?? null }
  set functions(functions) { this.#chat.functions = defined(functions) }
  get contact() { return this.#chat.contact ?? null }
  set contact(contact) { this.#chat.contact = contact }
  get meta() { return this.#chat.meta ?? null }
  set meta(meta) { this.#chat.meta = meta }
  get notifications() { return this.#notifications }
  set notifications(notifications) {
    this.#notifications = notifications ?? {}
    for (const [id, note] of Object.entries(this.#notifications)) if (note) this.#chat.notify({ id, text: note.text })
  }

  show() { return this.#chat.show() }
  hide() { return this.#chat.hide() }
  restartConversation() { return this.#chat.restart() }
  /** The bot answers to a text that the visitor does not see. @param {{text?: string}} message */
  initiateMessage({ text = '' } = {}) { return this.#chat.send({ text, hidden: true }) }
  sendMessage({ text = '', hidden = false, respond = true } = {}) {
    if (!respond) return warn('sendMessage with respond: false')
    return this.#chat.send({ text, hidden })
  }
  maximize() {
    this.#chat.mode = 'page'
    return this.show()
  }
  minimize() { this.#chat.mode = 'bubble' }
  render() { warn('render') }
  registerFunctions(functions) { this.functions = { ...this.functions, ...functions } }
  unregisterFunctions(names) { this.functions = Object.fromEntries(Object.entries(this.functions ?? {}).filter(([name]) => !names.includes(name))) }
  assignContact(contact) { this.contact = contact }

  #map(name, value) {
    const chat = this.#chat
    if (name in Same) put(chat, Same[/** @type {keyof typeof Same} */ (name)], value)
    else if (name === 'open') chat.open = isOn(value)
    else if (name === 'cache') put(chat, 'persist', value === 'false' ? 'none' : 'device')
    else if (name === 'host') put(chat, 'server', value ?? Home)
    else if (name === 'position') this.#place(value)
    else if (name === 'buttonicon') this.#picture('launcher', value)
    else if (name === 'baricon') this.#picture('avatar', value)
    else if (name === 'boticon' || name === 'usericon') this.#faces(value)
    else if (name === 'hidebar' || name === 'hidebutton') this.#hide()
    else if (value !== null && !(name === 'layout' && value === 'default')) warn(`the attribute ${name}`)
  }

  #place(position) {
    this.#chat.mode = position === 'fullscreen' ? 'page' : 'bubble'
    put(this.#chat, 'position', Positions[/** @type {keyof typeof Positions} */ (position)] ?? null)
  }

  #picture(slot, address) {
    this.#chat.querySelector(`[slot=${slot}]`)?.remove()
    if (!address) return
    const image = document.createElement('img')
    image.slot = slot
    image.alt = ''
    image.width = image.height = 28
    image.src = address
    this.#chat.append(image)
  }

  /** Shows the pictures beside the messages, in the place of those that the widget itself has. */
  #faces(value) {
    if (value === null && !this.#chat.hasAttribute('pictures')) return
    const address = (name) => this.getAttribute(name) ?? undefined
    this.#chat.setAttribute('pictures', JSON.stringify({ bot: address('boticon'), user: address('usericon') }))
  }

  #hide() {
    const parts = [isOn(this.getAttribute('hidebar')) && 'header', isOn(this.getAttribute('hidebutton')) && 'launcher'].filter(Boolean)
    this.#hidden.replaceSync(parts.map((part) => `chatbotkit-chat::part(${part}) { display: none }`).join('\n'))
  }

  /** Takes over a property that the page set before this script was loaded. */
  #adopt(name) {
    const early = Object.getOwnPropertyDescriptor(this, name)
    if (!early) return
    Reflect.deleteProperty(this, name)
    Reflect.set(this, name, early.value)
  }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, { detail })) }
}

function put(element, name, value) {
  if (value === null) element.removeAttribute(name)
  else element.setAttribute(name, value)
}

/** The official element takes null for a function that is no longer there. */
const defined = (functions) => functions && Object.fromEntries(Object.entries(functions).filter(([, one]) => one))

if (!customElements.get('chatbotkit-widget')) customElements.define('chatbotkit-widget', ChatBotKitWidget)
