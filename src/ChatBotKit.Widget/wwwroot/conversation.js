// @ts-check
// A conversation: the messages that are sent, the answers that arrive, and the failures.
import { Refused } from './errors.js'
import { Waits } from './net.js'
import { Cut, Reader } from './reader.js'
import { Run } from './run.js'
import { Session } from './session.js'

const Page = 50
const NewestRuns = 20
const Shown = ['user', 'bot']

/**
 * @typedef {object} View
 * @property {import('./transcript.js').Transcript} transcript
 * @property {(state: string) => void} onState
 * @property {(tries: number, seconds: number | undefined) => void} onConnection
 * @property {(problem: Refused) => void} onProblem The chat as a whole can't be used.
 * @property {(problem: Refused) => {text: string, offer: 'anew' | 'again' | null}} explain
 * @property {(text: string) => void} say
 * @property {(text: string) => void} warn
 * @property {(element: HTMLElement) => () => void} ask Returns how to take the element away again.
 * @property {(form: HTMLElement | null) => void} onForm A form takes the place of the composer; null takes it away.
 * @property {(message: import('./transcript.js').Message) => void} onAnswer
 * @property {(id: string) => void} onRead Another tab has shown the messages up to this one.
 * @property {(name: string, detail: any, isCancelable?: boolean) => boolean} emit
 */

/** One conversation, from the first token to its end. */
export class Conversation {
  #scene
  #view
  #kept
  #waits = new Waits()
  #session
  /** @type {Promise<import('./functions.js').Functions> | undefined} */
  #functions
  #mint
  /** @type {Set<Run>} */
  #runs = new Set()
  /** @type {Set<string>} The runs that this tab has seen. */
  #seen = new Set()
  /** @type {Promise<void> | undefined} */
  #opening
  /** @type {string | undefined} */
  #cursor
  /** @type {BroadcastChannel | undefined} */
  #tabs
  /** @type {(() => void) | undefined} */
  #retry
  #isClosed = false
  /** Ends when the visitor may write. @type {Promise<void>} */
  #contact = Promise.resolve()
  /** @type {Refused | undefined} */
  #end
  state = 'connecting'

  /** @param {{scene: import('./transcript.js').Scene, view: View, kept: import('./storage.js').Kept, mint: import('./mint.js').Mint}} parts */
  constructor({ scene, view, kept, mint }) {
    this.#scene = scene
    this.#view = view
    this.#kept = kept
    this.#mint = mint
    this.#session = this.#newSession()
  }

  get id() { return this.#session.conversationId || null }
  get isBusy() { return this.#runs.size > 0 }

  /** Gets a session, and shows what was said before. Callers at the same time share it. @param {import('./mint.js').Reason} [reason] */
  open(reason = 'start') {
    // A conversation that was ended on purpose goes on only when the visitor starts a new one.
    if (this.#end && reason !== 'restart') return Promise.reject(this.#end)
    this.#end = undefined
    this.#opening ??= this.#openOnce(reason).catch((problem) => {
      if (problem.name !== 'AbortError') this.#failed(problem)
      throw problem
    })
    return this.#opening
  }

  async #openOnce(reason) {
    this.#setState('connecting')
    if (this.#isClosed) {
      this.#waits = new Waits()
      this.#session = this.#newSession()
      this.#seen.clear()
      this.#isClosed = false
    }
    const session = this.#session
    await session.open(reason)
    if (this.#kept.get('conversationId') !== this.id) this.#kept.set({ conversationId: this.id ?? undefined, runId: undefined, hasContact: undefined, calls: undefined })
    // The runs come first: the messages of one that ends in between are in the list of messages.
    const runs = (await this.#list(`run/list?take=${NewestRuns}`)).items
    this.#cursor = undefined
    const page = await this.#newest()
    // A chat that was closed, and perhaps opened again, in the meantime keeps nothing of this.
    if (session.isClosed) throw new DOMException('', 'AbortError')
    const { transcript } = this.#view
    // Messages that were sent while the chat was connecting stay.
    transcript.clear((message) => message.isWaiting)
    this.#prepend(page)
    transcript.follow.toEnd()
    this.#setState('ready')
    this.#listen()
    this.#contact = this.#askContact(session)
    for (const { id } of runs.filter((run) => run.state === 'running').reverse()) this.#followRun(id)
    if (this.#scene.options.startFirst && page.items.length === 0 && runs.length === 0) this.#contact.then(() => this.#goOn())
    if (runs[0]?.state === 'ended' && Cut.includes(runs[0].reason ?? '') && transcript.last) this.#noteCut(transcript.last)
  }

  /** Sends a message. @param {{text?: string, files?: File[], hidden?: boolean}} message @returns {Promise<{runId: string} | null>} */
  async send({ text = '', files = [], hidden = false }) {
    if (!this.#view.emit('cbk-send', { text, files }, true)) return null
    const { transcript } = this.#view
    const message = hidden ? null : transcript.add('user', { text, files })
    transcript.follow.toEnd()
    if (message) message.isWaiting = true
    await this.open()
    await this.#contact
    if (message && files.length) {
      const { uploadAll } = await import('./uploads.js')
      const sent = await uploadAll(this.#session, message, files, this.#scene.strings, this.#view)
      if (!text && sent === 0) return null
    }
    const run = new Run(this.#session, this.#waits, { body: { text: text || files.map((file) => file.name).join(', '), functions: await this.#described() } })
    return new Promise((resolve, reject) => {
      run.onStart = () => { this.#started(run); resolve({ runId: run.id ?? '' }) }
      this.#follow(run, message).then((problem) => { if (problem) reject(problem) })
    })
  }

  /** Ends the answers that are being written. */
  async stop() {
    await Promise.all([...this.#runs].map((run) => run.stop().catch((problem) => { if (!(problem instanceof Refused)) throw problem })))
  }

  /** Repeats what failed last. */
  async retry() { this.#retry?.() }

  /** Starts a new conversation. */
  async restart() {
    if (!this.#view.emit('cbk-restart', {}, true)) return
    this.close()
    this.#kept.clear()
    this.#view.transcript.clear()
    await this.open('restart')
  }

  /** Shows the messages before the first one. */
  async older() { this.#prepend(await this.#newest()) }

  /** Reads the newest messages before those on the page. */
  #newest() { return this.#list(`message/list?order=desc&take=${Page}${this.#cursor ? `&cursor=${encodeURIComponent(this.#cursor)}` : ''}`) }

  #prepend({ items, cursor }) {
    const { transcript } = this.#view
    this.#cursor = items.length === Page ? cursor : undefined
    transcript.prepend(items.reverse().filter(({ type, id }) => Shown.includes(type) && !transcript.find(id)))
    transcript.hasOlder = Boolean(this.#cursor)
  }

  async vote(message, value) {
    await this.#session.post(`message/${message.id}/${value}vote`, {})
    this.#view.emit('cbk-feedback', { messageId: message.id, value })
    this.#view.say(this.#scene.strings.thanks)
  }

  tryNow() { this.#waits.tryNow() }

  /** Tells other tabs of this conversation that the visitor has seen it up to a message. @param {string | undefined} id */
  tellRead(id) { if (id) this.#tabs?.postMessage({ read: id }) }

  /** Stops reading, and forgets the token. Runs go on without a reader. */
  close() {
    for (const run of this.#runs) run.leave()
    this.#functions?.then((functions) => functions.end())
    this.#session.close()
    this.#waits.close()
    this.#tabs?.close()
    this.#tabs = undefined
    this.#view.onForm(null)
    this.#opening = undefined
    this.#isClosed = true
  }

  #newSession() {
    const session = new Session(this.#mint)
    session.onEnd = (problem) => this.#failed(problem)
    session.onGrant = (reason) => this.#view.emit('cbk-session', { state: reason === 'renew' ? 'renewed' : 'open', expiresAt: session.expiresAt })
    return session
  }

  /** Asks for the contact of the visitor, if the widget wants it. @param {Session} session */
  async #askContact(session) {
    if (!session.asksContact) return
    const { askContact } = await import('./contact.js')
    await askContact(session, this.#kept, this.#scene, this.#view)
  }

  async #list(path) {
    for (let tries = 0; ; tries++) {
      try {
        const result = await (await this.#session.call(path)).json()
        if (tries) this.#view.onConnection(0, undefined)
        return result
      } catch (problem) {
        // A session that may not read has no history.
        if (problem instanceof Refused && problem.code === 'PERMISSION_MISSING') return { items: [] }
        if (!(problem instanceof Refused) || !problem.isPassing || tries >= 5) throw problem
        this.#view.onConnection(tries + 1, problem.retryAfter)
        await this.#waits.wait(tries, problem.retryAfter)
      }
    }
  }

  /** Loads what answers calls of functions, which few pages have. */
  #pageFunctions() {
    const { settings, strings } = this.#scene
    const { emit, ask } = this.#view
    this.#functions ??= import('./functions.js').then(({ Functions }) => new Functions({ settings, kept: this.#kept, strings, emit, ask }))
    return this.#functions
  }

  async #described() {
    return this.#scene.settings.functions ? (await this.#pageFunctions()).describe() : undefined
  }

  /** Other tabs of this conversation follow the runs of this one. */
  #listen() {
    this.#tabs?.close()
    this.#tabs = new BroadcastChannel(`cbk:conversation:${this.id}`)
    this.#tabs.onmessage = ({ data }) => {
      if (data.run && !this.#seen.has(data.run)) this.#followRun(data.run)
      if (data.read) this.#view.onRead(data.read)
    }
  }

  #started(run) {
    this.#seen.add(run.id)
    this.#kept.set({ runId: run.id })
    this.#view.emit('cbk-run-start', { runId: run.id })
    this.#tabs?.postMessage({ run: run.id })
    this.#update()
  }

  #followRun(id) {
    if (this.#seen.has(id)) return
    this.#seen.add(id)
    const run = new Run(this.#session, this.#waits, { id })
    this.#view.emit('cbk-run-start', { runId: id })
    this.#follow(run, null)
  }

  /** Shows a run to its end. @returns {Promise<unknown>} The failure before the run had an id; null for none. */
  async #follow(run, question) {
    const reader = new Reader(question, this.#view)
    this.#runs.add(run)
    run.onConnection = (tries, seconds) => this.#view.onConnection(tries, seconds)
    this.#update()
    this.#view.say(this.#scene.strings.writing)
    let reason = 'stop'
    try {
      for await (const event of run.events()) {
        reason = reader.take(event) ?? reason
        if (event.type === 'waitForChannelMessageEnd') this.#functions?.then((functions) => functions.endWait(event.data.channel))
        if (event.type === 'waitForChannelMessageBegin' && this.#kept.get('runId') === run.id) this.#pageFunctions().then((functions) => functions.answer(this.#session, `${run.id}:${event.id}`, event.data))
      }
      if (reader.isCut) this.#noteCut(reader.message ?? this.#view.transcript.last)
      else if (reason === 'abort' && run.isStopped) (reader.message ?? this.#view.transcript.last)?.note(this.#scene.strings.stopped)
      return null
    } catch (problem) {
      reason = 'error'
      return this.#broken(problem, run, question, reader)
    } finally {
      reader.end()
      this.#runs.delete(run)
      this.#functions?.then((functions) => functions.end(run.id ?? undefined))
      if (!run.isLeft && this.#kept.get('runId') === run.id) this.#kept.set({ runId: undefined })
      if (run.id) this.#view.emit('cbk-run-end', { runId: run.id, reason })
      this.#update()
    }
  }

  /** Shows why an answer did not come, and what can be done. */
  #broken(problem, run, question, reader) {
    this.#report(problem)
    if (problem.isFinal || problem.code === 'ORIGIN_NOT_ALLOWED') {
      this.#failed(problem)
      return problem
    }
    const { strings } = this.#scene
    const { text, offer } = this.#view.explain(problem)
    const place = run.id ? reader.message ?? this.#view.transcript.last : question
    const again = () => {
      place?.note(null)
      this.#retry = undefined
      if (run.id) this.#goOn()
      else this.#follow(run, question)
    }
    this.#retry = offer ? again : undefined
    if (question) question.isWaiting = false
    place?.note(text, offer ? { label: run.id ? strings.tryAgain : strings.sendAgain, run: again } : undefined, true)
    this.#view.warn(text)
    return run.id ? null : problem
  }

  /** Lets the model answer what is in the conversation. */
  async #goOn() {
    const run = new Run(this.#session, this.#waits, { body: { functions: await this.#described() } })
    run.onStart = () => this.#started(run)
    this.#follow(run, null)
  }

  #noteCut(message) {
    const { strings } = this.#scene
    const again = () => { message.note(null); this.#retry = undefined; this.#goOn() }
    this.#retry = again
    message?.note(strings.cut, { label: strings.goOn, run: again })
  }

  #failed(problem) {
    this.#opening = undefined
    this.#report(problem)
    if (problem.code === 'SIGN_IN') this.#view.emit('cbk-session', { state: 'sign-in' })
    if (problem.isFinal) {
      this.#end = problem
      this.#view.emit('cbk-session', { state: 'ended' })
    }
    this.#setState(problem.isFinal ? 'ended' : 'failed')
    this.#view.onProblem(problem)
  }

  #report(problem) {
    const { code = 'ERROR', message, isPassing = false, requestId = null, status } = problem
    // A visitor can't do anything about a wrong setting; a developer reads it here.
    if ([400, 403, 404].includes(status)) console.warn(`<chatbotkit-chat>: ${status} ${code}: ${message} ${requestId ?? ''}`)
    this.#view.emit('cbk-error', { code, message, isPassing, requestId })
  }

  #update() {
    if (this.state !== 'ended' && this.state !== 'failed') this.#setState(this.#runs.size === 0 ? 'ready' : [...this.#runs].some((run) => run.id) ? 'streaming' : 'sending')
  }

  #setState(state) {
    this.state = state
    this.#view.onState(state)
  }
}
