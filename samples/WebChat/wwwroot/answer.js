// One question and its answer, whatever happens to the connection in between.
import { Refused, Session } from './session.js'

const Tries = 30

/**
 * The events of an answer, each once and in order. When the connection breaks, it goes on after the last one.
 * @param {Session} session
 * @param {string} text
 * @param {(isLost: boolean) => void} onConnection
 */
export async function* ask(session, text, onConnection) {
  // The server does the work once, however often it is asked with the same key.
  const question = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/jsonl', 'Idempotency-Key': crypto.randomUUID() },
    body: JSON.stringify({ text }),
  }
  let run = null
  let last = 0
  for (let tries = 0; tries < Tries; tries++) {
    try {
      const response = run
        ? await session.call(`run/${run}/stream?after=${last}`, { headers: { Accept: 'application/jsonl' } })
        : await session.call('complete', question)
      run ??= response.headers.get('X-Run-Id')
      onConnection(false)
      for await (const event of lines(response.body)) {
        if (event.type === 'error') throw new Refused(200, event.data)
        if (event.id <= last) continue
        last = event.id ?? last
        tries = 0
        yield event
        if (event.type === 'result') return
      }
    } catch (problem) {
      if (problem instanceof Refused && Session.isRenewable(problem.code)) await session.renew()
      else if (problem instanceof Refused && !problem.isPassing) throw problem
    }
    onConnection(true)
    await new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** tries, 4000)))
  }
  throw new Refused(0, { message: 'The chat server can\'t be reached.' })
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
