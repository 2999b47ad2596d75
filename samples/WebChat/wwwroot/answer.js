// One answer, whatever happens to the connection in between.
import { Refused, Session } from './session.js'

const Tries = 30
const Lines = { Accept: 'application/jsonl' }

/** An answer of the bot: its events, each once and in order, and a way to stop it. */
export class Answer {
  #session
  #question
  #run
  #isStopped = false

  /** @param {boolean} isLost Whether the connection is lost at the moment. */
  onConnection = (isLost) => {}

  constructor(session, { text, run }) {
    this.#session = session
    this.#run = run
    // The server does the work once, however often it is asked with the same key.
    this.#question = {
      method: 'POST',
      headers: { ...Lines, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
      body: JSON.stringify({ text }),
    }
  }

  /** Asks a question. */
  static of = (session, text) => new Answer(session, { text })

  /** Takes up a run that goes on already, from its first event. */
  static following = (session, run) => new Answer(session, { run })

  get isStopped() {
    return this.#isStopped
  }

  /** Ends the answer early; what was written so far is kept. */
  async stop() {
    this.#isStopped = true
    if (this.#run) await this.#session.call(`run/${this.#run}/abort`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })
  }

  /** The events. When the connection breaks, they go on after the last one. */
  async *events() {
    let last = 0
    for (let tries = 0; tries < Tries; tries++) {
      try {
        const response = await this.#open(last)
        this.onConnection(false)
        for await (const event of lines(response.body)) {
          if (event.type === 'error') throw new Refused(200, event.data)
          if (event.id <= last) continue
          last = event.id ?? last
          tries = 0
          yield event
          if (event.type === 'result') return
        }
      } catch (problem) {
        if (problem instanceof Refused && Session.isRenewable(problem.code)) await this.#session.renew()
        else if (problem instanceof Refused && !problem.isPassing) throw problem
      }
      this.onConnection(true)
      await new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** tries, 4000)))
    }
    throw new Refused(0, { message: 'The chat server can\'t be reached.' })
  }

  async #open(last) {
    if (this.#run) return this.#session.call(`run/${this.#run}/stream?after=${last}`, { headers: Lines })
    const response = await this.#session.call('complete', this.#question)
    this.#run = response.headers.get('X-Run-Id')
    // Somebody pressed stop before the run had a name.
    if (this.#isStopped) await this.stop()
    return response
  }
}

async function* lines(body) {
  let rest = ''
  for await (const chunk of read(body.pipeThrough(new TextDecoderStream()))) {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop()
    yield* parts.filter((line) => line.trim()).map((line) => JSON.parse(line))
  }
}

// Not every browser can iterate over a stream yet.
async function* read(stream) {
  const reader = stream.getReader()
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
  } finally {
    reader.cancel().catch(() => {})
  }
}
