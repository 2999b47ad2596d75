// @ts-check
// Functions of the page that the model may call.
import { h, uuid, wear } from './dom.js'

const css = `
.confirm { padding: 14px 16px; border: 1px solid var(--border); border-radius: var(--radius); font-size: .9375em; }
.confirm p { margin: 0 0 8px; font-weight: 600; }
.confirm pre { max-block-size: 9em; overflow: auto; border-radius: 10px; background: var(--bot); }
.choices { display: flex; flex-wrap: wrap; gap: 8px; margin-block-start: 12px; }
`

const MostCalls = 200

/** Answers the calls of functions, each at most once in this tab. */
export class Functions {
  #settings
  #kept
  #strings
  #emit
  #ask
  /** The calls that the model waits for. @type {Map<string, {channel: string, abort: AbortController}>} */
  #running = new Map()

  /** @param {{settings: any, kept: import('./storage.js').Kept, strings: Record<string, string>, emit: (name: string, detail: any) => void, ask: (element: HTMLElement) => () => void}} scene */
  constructor({ settings, kept, strings, emit, ask }) {
    this.#settings = settings
    this.#kept = kept
    this.#strings = strings
    this.#emit = emit
    this.#ask = ask
  }

  /** Describes the functions for a request, each with a channel for its results, whose name can't be guessed. */
  describe() {
    const entries = Object.entries(this.#settings.functions ?? {})
    return entries.length === 0 ? undefined : entries.map(([name, { description, parameters }]) => ({
      name, description, parameters: parameters ?? { type: 'object', properties: {} }, result: { channel: `cbk-${uuid()}` },
    }))
  }

  /**
   * Answers a call. One that had begun before a reload is not run again; the model hears that it failed.
   * @param {import('./session.js').Session} session
   * @param {string} callId
   * @param {{channel: string, function: {name: string, args: any}}} call
   */
  async answer(session, callId, { channel, function: { name, args } }) {
    const known = this.#kept.get('calls') ?? []
    if (this.#running.has(callId) || known.includes(`${callId} done`)) return
    const publish = async (message) => {
      await session.post(`channel/${encodeURIComponent(channel)}/publish`, { message }, true)
      this.#note(callId, 'done')
    }
    const entry = this.#settings.functions?.[name]
    if (!entry) return
    const tell = (state) => this.#emit('cbk-function', { name, callId, state })
    const abort = new AbortController()
    const { signal } = abort
    const ended = new Promise((resolve) => signal.addEventListener('abort', () => resolve(null)))
    this.#running.set(callId, { channel, abort })
    try {
      if (known.includes(callId)) return await publish({ error: 'The call was interrupted.' })
      const isAllowed = !entry.confirm || await this.#confirm(entry.label ?? name, args, signal)
      if (signal.aborted) return tell('aborted')
      if (!isAllowed) {
        tell('refused')
        return await publish({ error: 'The visitor did not allow it.' })
      }
      this.#note(callId)
      tell('running')
      // A handler may never end.
      const result = await Promise.race([run(entry, args, { signal, callId }), ended])
      if (signal.aborted) return tell('aborted')
      tell(result.error ? 'failed' : 'done')
      await publish(result)
    } catch (problem) {
      console.warn(`<chatbotkit-chat>: the answer of the function ${name} could not be sent.`, problem)
    } finally {
      this.#running.delete(callId)
    }
  }

  /** Aborts the calls whose run has ended. @param {string} [runId] All runs without it. */
  end(runId) {
    for (const [callId, { abort }] of this.#running) if (!runId || callId.startsWith(`${runId}:`)) abort.abort()
  }

  /** Aborts the call on a channel that the model no longer waits for. @param {string} channel */
  endWait(channel) {
    for (const call of this.#running.values()) if (call.channel === channel) call.abort.abort()
  }

  #note(callId, state = '') {
    this.#kept.set({ calls: [...this.#kept.get('calls') ?? [], state ? `${callId} ${state}` : callId].slice(-MostCalls) })
  }

  /** Shows a card with the arguments, and waits for the visitor. @returns {Promise<boolean>} */
  #confirm(label, args, signal) {
    const { confirm, allow, deny } = this.#strings
    return new Promise((resolve) => {
      const end = (answer) => { remove(); resolve(answer) }
      const card = h('div', { class: 'confirm', role: 'group', 'aria-label': confirm.replace('{name}', label) },
        h('p', {}, confirm.replace('{name}', label)), h('pre', { tabindex: '0' }, JSON.stringify(args, null, 2)),
        h('div', { class: 'choices' },
          h('button', { type: 'button', class: 'solid', onclick: () => end(true) }, allow),
          h('button', { type: 'button', class: 'quiet strong', onclick: () => end(false) }, deny)))
      const remove = this.#ask(card)
      signal.addEventListener('abort', () => end(false))
      wear(card.getRootNode(), css)
    })
  }
}

/** Runs a handler. When it throws, the model hears no details, which may be secret. */
async function run({ handler }, args, context) {
  try {
    return { result: await handler(args, context) ?? null }
  } catch (problem) {
    console.warn('<chatbotkit-chat>: a function of the page failed.', problem)
    return { error: 'The function failed.' }
  }
}
