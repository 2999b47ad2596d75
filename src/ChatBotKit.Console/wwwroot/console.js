// @ts-check
// What plain pages can't do: each is a custom element that improves the markup inside or beside it, and can be missing.

const Prefix = 'cbk-draft '
const Sent = 'cbk-sent'

// A page with a notice follows a form that was sent, so the draft of that form is no longer needed. After a sign-out, no draft is.
const done = new URLSearchParams(location.search).get('done')
if (done === 'signed-out') for (const key of Object.keys(sessionStorage)) if (key.startsWith(Prefix)) sessionStorage.removeItem(key)
if (done) {
  sessionStorage.removeItem(sessionStorage.getItem(Sent) ?? '')
  sessionStorage.removeItem(Sent)
}

/** Copies the text of the code beside it. */
class Copy extends HTMLElement {
  connectedCallback() {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = 'Copy'
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(this.parentElement?.querySelector('code')?.textContent ?? '')
      button.textContent = 'Copied'
      setTimeout(() => { button.textContent = 'Copy' }, 2000)
    })
    this.replaceChildren(button)
  }
}

/** Makes a link go back to the page with the form that failed, where the browser has kept the fields. */
class Back extends HTMLElement {
  connectedCallback() {
    const link = this.querySelector('a')
    if (document.referrer === '' && history.length > 1 && performance.getEntriesByType('navigation')[0]?.type !== 'reload')
      link?.addEventListener('click', (event) => { event.preventDefault(); history.back() })
  }
}

/**
 * Keeps what is typed into the form inside it until the form has been sent, so that a sign-in in between or a wrong click loses
 * nothing. The text is in this tab's storage only.
 */
class Draft extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector('form')
    if (!form) return
    const key = `${Prefix}${form.getAttribute('action')}`
    const fields = [...form.elements].filter((one) => one instanceof HTMLInputElement ? !['hidden', 'file', 'password'].includes(one.type) : one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement)
    const read = () => Object.fromEntries(fields.map((/** @type {any} */ one) => [one.name, one.type === 'checkbox' ? one.checked : one.value]))
    const start = JSON.stringify(read())
    const note = this.querySelector('[data-unsaved]')
    const show = () => { if (note instanceof HTMLElement) note.hidden = JSON.stringify(read()) === start }
    const stored = sessionStorage.getItem(key)
    if (stored) {
      const draft = JSON.parse(stored)
      for (const one of /** @type {any[]} */ (fields)) {
        if (!(one.name in draft)) continue
        if (one.type === 'checkbox') one.checked = draft[one.name]
        else one.value = draft[one.name]
      }
    }
    show()
    form.addEventListener('input', () => { sessionStorage.setItem(key, JSON.stringify(read())); show() })
    form.addEventListener('submit', () => sessionStorage.setItem(Sent, key))
    form.addEventListener('reset', () => { sessionStorage.removeItem(key); setTimeout(show) })
  }
}

/** Lets files be dropped, and sends each in a request of its own as soon as it is chosen. */
class Drop extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector('form')
    const input = /** @type {HTMLInputElement | null} */ (this.querySelector('input[type=file]'))
    const list = this.querySelector('[role=status]')
    const zone = this.querySelector('.drop')
    if (!form || !input || !list || !zone) return
    const send = async (/** @type {Iterable<File>} */ files) => {
      let failed = false
      for (const file of files) {
        const line = list.appendChild(document.createElement('p'))
        line.textContent = `Uploading ${file.name}…`
        const body = new FormData(form)
        body.set('file', file)
        const problem = file.size > Number(this.getAttribute('max')) ? this.getAttribute('too-large') : await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } }).then(
          async (response) => response.ok ? null : (await response.json().catch(() => null))?.message ?? `The server answered ${response.status}.`,
          () => 'The connection was lost.')
        line.textContent = problem ? `${file.name}: ${problem}` : `${file.name} is uploaded.`
        line.classList.toggle('bad', problem !== null)
        failed ||= problem !== null
      }
      if (!failed) location.assign(`${location.pathname}?done=uploaded`)
    }
    input.addEventListener('change', () => send(input.files ?? []))
    zone.addEventListener('dragover', (event) => { event.preventDefault(); zone.classList.add('over') })
    zone.addEventListener('dragleave', () => zone.classList.remove('over'))
    zone.addEventListener('drop', (event) => {
      event.preventDefault()
      zone.classList.remove('over')
      send(/** @type {DragEvent} */ (event).dataTransfer?.files ?? [])
    })
  }
}

/** Loads its part of the page again every two seconds while something in it is still going on. */
class Live extends HTMLElement {
  #timer = 0
  connectedCallback() { this.#next() }
  disconnectedCallback() { clearTimeout(this.#timer) }
  #next() {
    if (this.hasAttribute('busy')) this.#timer = window.setTimeout(() => this.#load(), 2000)
  }
  async #load() {
    const response = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null)
    const fresh = response?.ok ? new DOMParser().parseFromString(await response.text(), 'text/html').getElementById(this.id) : null
    const open = this.querySelector('details[open]') !== null || this.contains(document.activeElement)
    if (fresh && !open) this.replaceChildren(...fresh.childNodes)
    if (fresh) this.toggleAttribute('busy', fresh.hasAttribute('busy'))
    this.#next()
  }
}

/** A chat with sessions that the console mints, for the settings that the form has at that moment. */
class Try extends HTMLElement {
  async connectedCallback() {
    await customElements.whenDefined('chatbotkit-chat')
    const chat = /** @type {any} */ (document.createElement('chatbotkit-chat'))
    for (const name of ['heading', 'intro']) chat.setAttribute(name, this.getAttribute(name) ?? '')
    chat.setAttribute('persist', 'none')
    chat.setAttribute('mode', 'inline')
    this.#dress(chat)
    chat.getSession = (/** @type {string} */ reason, /** @type {any} */ grant) => this.#mint(reason === 'renew' ? grant : null)
    this.querySelector('[data-restart]')?.addEventListener('click', () => chat.ready.then(() => chat.restart()))
    this.prepend(chat)
  }
  /** Shows the fields of the form on the chat as they are typed: `look` has pairs of a field and an attribute. */
  #dress(/** @type {HTMLElement} */ chat) {
    const form = document.getElementById(this.getAttribute('form') ?? '')
    const look = this.getAttribute('look')
    if (!look || !(form instanceof HTMLFormElement)) return
    const show = () => {
      for (const [field, attribute] of look.split(' ').map((pair) => pair.split(':'))) {
        const value = /** @type {any} */ (form.elements.namedItem(field))?.value.trim()
        if (value) chat.setAttribute(attribute, value)
        else chat.removeAttribute(attribute)
      }
    }
    show()
    form.addEventListener('input', show)
    form.addEventListener('reset', () => setTimeout(show))
  }
  async #mint(/** @type {any} */ grant) {
    const form = document.getElementById(this.getAttribute('form') ?? '')
    const body = new FormData(form instanceof HTMLFormElement ? form : undefined)
    body.set('_token', this.getAttribute('token') ?? '')
    if (grant) {
      body.set('conversation', grant.conversationId)
      body.set('session', grant.sessionId)
    }
    const response = await fetch(this.getAttribute('action') ?? '', { method: 'POST', body, headers: { Accept: 'application/json' } })
    const answer = await response.json()
    if (!response.ok) throw new Error(answer.message)
    return { ...answer, apiUrl: new URL(this.getAttribute('api') ?? '/', location.origin).href }
  }
}

// The navigation of a narrow window scrolls sideways.
document.querySelector('.top nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })

customElements.define('cbk-copy', Copy)
customElements.define('cbk-back', Back)
customElements.define('cbk-draft', Draft)
customElements.define('cbk-drop', Drop)
customElements.define('cbk-live', Live)
customElements.define('cbk-try', Try)
