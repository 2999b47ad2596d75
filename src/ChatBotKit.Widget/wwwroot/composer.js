// @ts-check
// Where a visitor writes, and adds files.
import { h, icon, iconButton } from './dom.js'

const Tallest = 160

/** The form below the messages. */
export class Composer {
  #scene
  /** @type {File[]} */
  #files = []
  #chips
  #picker
  #attach
  #stop
  #send
  #last = ''
  /** @type {(message: {text: string, files: File[]}) => void} */
  onSend = () => {}
  onStop = () => {}
  /** @type {(text: string) => void} */
  onDraft = () => {}
  /** @type {(text: string) => void} */
  onRefusal = () => {}

  /** @param {import('./transcript.js').Scene} scene */
  constructor(scene) {
    this.#scene = scene
    const { strings, options } = scene
    this.input = h('textarea', {
      id: 'input', part: 'input', rows: '1', enterkeyhint: options.enter === 'newline' ? 'enter' : 'send', autocomplete: 'off', autocapitalize: 'sentences',
      oninput: () => { this.#changed(); this.onDraft(this.input.value) },
      onkeydown: (event) => this.#key(event),
      onpaste: (event) => { if (event.clipboardData.files.length && options.attachments !== null) { event.preventDefault(); this.addFiles(event.clipboardData.files) } },
    })
    this.#chips = h('ul', { class: 'chips', role: 'list', hidden: true })
    this.#picker = h('input', {
      type: 'file', hidden: true, multiple: true, 'aria-label': strings.attach,
      onchange: () => { this.addFiles(this.#picker.files); this.#picker.value = '' },
    })
    this.#send = h('button', { class: 'round', part: 'send', 'aria-label': strings.send, title: strings.send }, icon('send'))
    this.#stop = h('button', { class: 'round', part: 'stop', type: 'button', hidden: true, 'aria-label': strings.stop, title: strings.stop, onclick: () => this.onStop() }, icon('stop'))
    this.#attach = iconButton('attach', strings.attach, { part: 'attach', onclick: () => this.#picker.click() })
    this.element = h('form', { class: 'composer', part: 'composer', onsubmit: (event) => { event.preventDefault(); this.#submit() } },
      this.#chips, h('div', { class: 'field' }, h('slot', { name: 'composer-start' }), this.#attach, this.#picker,
        h('label', { for: 'input', class: 'unseen' }, strings.label), this.input, h('slot', { name: 'composer-end' }), this.#send, this.#stop))
    this.arrange()
    this.#changed()
  }

  /** Shows what the settings of the element say. */
  arrange() {
    const { strings, options } = this.#scene
    this.input.placeholder = options.placeholder ?? strings.placeholder
    this.#attach.hidden = options.attachments === null
    this.#picker.accept = options.attachments ?? ''
  }

  get draft() { return this.input.value }
  set draft(text) {
    this.input.value = text
    this.#changed()
  }

  /** Shows Stop in the place of Send while an answer is written and nothing is typed. The focus goes along. */
  set isBusy(is) {
    this.#isBusy = is
    this.#changed()
  }
  #isBusy = false

  /** Adds files. One that is refused keeps the others. @param {Iterable<File>} files */
  async addFiles(files) {
    // The list of a field is emptied before the module arrives.
    const wanted = [...files]
    const { choose } = await import('./uploads.js')
    const refusals = choose(wanted, this.#files, this.#scene)
    this.#showFiles()
    this.onRefusal(refusals)
  }

  #showFiles() {
    const { strings } = this.#scene
    this.#chips.hidden = this.#files.length === 0
    this.#chips.replaceChildren(...this.#files.map((file) => h('li', { class: 'chip' }, icon('file'), h('bdi', {}, file.name),
      iconButton('close', strings.remove.replace('{file}', file.name), { onclick: () => this.#remove(file) }))))
    this.#changed()
  }

  #remove(file) {
    this.#files = this.#files.filter((one) => one !== file)
    this.#showFiles()
    const next = this.#chips.querySelector('button')
    if (next) next.focus()
    else this.input.focus()
  }

  #submit() {
    const text = this.input.value.trim()
    const files = this.#files
    if (!text && !files.length) return
    this.#last = text
    this.#files = []
    this.draft = ''
    this.onDraft('')
    this.#showFiles()
    this.input.focus()
    this.onSend({ text, files })
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return
    const { options } = this.#scene
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || (options.enter !== 'newline' && !event.shiftKey))) {
      event.preventDefault()
      this.#submit()
    } else if (event.key === 'ArrowUp' && !this.input.value && this.#last) {
      event.preventDefault()
      this.draft = this.#last
    }
  }

  #changed() {
    const { input } = this
    // An empty field has the direction of the language, which its placeholder needs.
    input.dir = input.value ? 'auto' : ''
    const isEmpty = !input.value.trim() && !this.#files.length
    const showsStop = this.#isBusy && isEmpty
    const active = input.getRootNode() instanceof ShadowRoot ? input.getRootNode().activeElement : null
    const moves = active === this.#send || active === this.#stop
    this.#send.hidden = showsStop
    this.#stop.hidden = !showsStop
    this.#send.setAttribute('aria-disabled', String(isEmpty))
    if (moves && (showsStop ? active === this.#send : active === this.#stop)) input.focus()
    // The height is set by script in browsers that can't size a field by its content.
    if (CSS.supports('field-sizing', 'content')) return
    input.style.height = 'auto'
    input.style.height = `${Math.min(input.scrollHeight, Tallest)}px`
  }
}
