// @ts-check
// Waiting for a connection, and reading what it brings.

const FirstWait = 250
const LongestWait = 10_000

/** Waits between tries: longer each time, and not at all when the device is online again, is woken up, or a person asks for it. */
export class Waits {
  /** @type {Set<() => void>} */
  #waiting = new Set()
  #closed = new AbortController()

  constructor() { onWake(() => this.tryNow(), this.#closed.signal) }

  /** Ends all waits. */
  tryNow() {
    for (const end of [...this.#waiting]) end()
  }

  /**
   * Waits after this many failed tries, or for the seconds that the server named.
   * @param {number} tries
   * @param {number} [seconds]
   */
  wait(tries, seconds) {
    const longest = Math.min(FirstWait * 2 ** tries, LongestWait)
    const milliseconds = seconds ? seconds * 1000 : longest * (0.75 + Math.random() / 4)
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        this.#waiting.delete(end)
        resolve(undefined)
      }
      const timer = setTimeout(end, milliseconds)
      // When the server has named the time, nothing ends the wait before it.
      if (!seconds) this.#waiting.add(end)
    })
  }

  close() {
    this.#closed.abort()
    this.tryNow()
  }
}

/** Calls back whenever the device may be online again or was woken up. @param {() => void} callback @param {AbortSignal} signal Ends this. */
export function onWake(callback, signal) {
  const wake = () => { if (document.visibilityState === 'visible') callback() }
  for (const name of ['online', 'pageshow']) addEventListener(name, wake, { signal })
  document.addEventListener('visibilitychange', wake, { signal })
}

/**
 * Reads JSON Lines.
 * @param {any} body The body of a response.
 * @returns {AsyncGenerator<any>}
 */
export async function* lines(body) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const parts = (rest + decoder.decode(value, { stream: true })).split('\n')
      rest = parts.pop() ?? ''
      for (const part of parts) if (part.trim()) yield JSON.parse(part)
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}
