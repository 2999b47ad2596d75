// @ts-check
// One run as messages on the page.

/** The reasons for which a server ends an answer that it did not finish. */
export const Cut = ['restart', 'shutdown', 'storage', 'timeout']

const DotsAfter = 300

/** Turns the events of one run into messages. */
export class Reader {
  #question
  #view
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  /** @type {import('./transcript.js').Message | null} */
  #current = null
  /** @type {import('./transcript.js').Message | null} The last message of the run. */
  message = null
  isCut = false

  constructor(question, view) {
    this.#question = question
    this.#view = view
    this.#wait()
  }

  /** @returns {string | undefined} The reason of the end. */
  take({ type, data }) {
    const { transcript } = this.#view
    if (type === 'token' && data.token) this.#write(data.token)
    else if (type === 'sendResult') this.#asked(data)
    else if (type === 'message' && data.type === 'bot') this.#whole(data)
    else if (type === 'abort') this.isCut = Cut.includes(data.reason)
    else if (type === 'result') return data.end?.reason
    if (this.#current) transcript.follow.answer = this.#current.element
  }

  end() {
    clearTimeout(this.#timer)
    this.#view.transcript.isTyping = false
    if (this.#question) this.#question.isWaiting = false
    if (!this.#current) return
    this.#current.finish()
    this.#view.onAnswer(this.#current)
    this.#current = null
  }

  #write(token) {
    clearTimeout(this.#timer)
    this.#view.transcript.isTyping = false
    this.#current = this.message = this.#current ?? this.#view.transcript.add('bot')
    this.#current.write(token)
  }

  #asked({ id, text }) {
    const { transcript } = this.#view
    if (this.#question) {
      this.#question.id = id
      this.#question.isWaiting = false
    } else if (id && text && !transcript.find(id)) {
      // Another tab has asked.
      transcript.add('user', { id, text })
    }
  }

  #whole({ id, text }) {
    const { transcript } = this.#view
    const known = id && transcript.find(id)
    if (known && known !== this.#current) {
      // The list of messages had it already.
      if (this.#current) transcript.remove(this.#current)
      this.message = known
    } else if (text || this.#current) {
      const message = this.#current ?? transcript.add('bot')
      message.id = id
      message.finish(text)
      this.message = message
      this.#view.onAnswer(message)
    }
    this.#current = null
    this.#wait()
  }

  #wait() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => { this.#view.transcript.isTyping = true }, DotsAfter)
  }
}
