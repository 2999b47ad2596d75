// A library with the interface of a browser's EventSource reads a run, with the listener of docs/streaming.md.
import assert from 'node:assert/strict'
import { EventSource } from 'eventsource'
import { owner } from './client.mjs'

const { CHATBOTKIT_URL, CHATBOTKIT_SECRET, LISTENER } = process.env
const authorization = { Authorization: `Bearer ${CHATBOTKIT_SECRET}` }

/** Has a question answered to its end, and gives the address of its run. */
async function ask(text) {
  const { id } = await owner.conversation.create({})
  const answer = await fetch(`${CHATBOTKIT_URL}v1/conversation/${id}/complete`, {
    method: 'POST', headers: { ...authorization, 'Content-Type': 'application/json', Accept: 'application/jsonl' }, body: JSON.stringify({ text }),
  })
  await answer.text()
  return `${CHATBOTKIT_URL}v1/conversation/${id}/run/${answer.headers.get('X-Run-Id')}/stream`
}

/** The beginning of an answer up to its first event, as if the connection was lost then; the next one may come at once. */
async function cut(answer) {
  const events = await answer.text()
  const { status, headers } = answer
  return new Response(`retry: 1\n${events.slice(0, events.indexOf('\n\n') + 2)}`, { status, headers })
}

/** Reads a stream until the source gives up, or the page closes it. */
async function read(address, { headers = authorization, isCut = false } = {}) {
  const seen = { lastIds: [], statuses: [], ids: [], tokens: [], shown: [], lost: 0 }
  const source = new EventSource(address, {
    fetch: async (url, init) => {
      const answer = await fetch(url, { ...init, headers: { ...init.headers, ...headers } })
      seen.lastIds.push(init.headers['Last-Event-ID'])
      seen.statuses.push(answer.status)
      return isCut && seen.statuses.length === 1 ? cut(answer) : answer
    },
  })
  for (const type of ['token', 'message', 'completeBegin', 'completeEnd', 'result', 'usage', 'sendResult', 'receiveResult'])
    source.addEventListener(type, (event) => {
      seen.ids.push(Number(event.lastEventId))
      if (type === 'token') seen.tokens.push(JSON.parse(event.data).token)
    })
  new Function('source', 'show', LISTENER)(source, (message) => seen.shown.push(message))
  for (const end = Date.now() + 30_000; source.readyState !== EventSource.CLOSED;) {
    assert.ok(Date.now() < end, `the source goes on without an end: ${JSON.stringify(seen)}`)
    await new Promise((resolve) => source.addEventListener('error', (event) => {
      if (event.data === undefined) seen.lost++
      resolve()
    }, { once: true }))
  }
  return seen
}

// The connection is lost behind the first event: the listener leaves that to the library, which goes on with the next event,
// reads to the end, asks once more, and is told that nothing is left.
const whole = await read(await ask('Hello'), { isCut: true })
assert.deepEqual(whole.statuses, [200, 200, 204])
assert.deepEqual(whole.lastIds, [undefined, '1', String(whole.ids.at(-1))])
assert.deepEqual(whole.ids, whole.ids.map((_, index) => index + 1))
assert.equal(whole.tokens.join(''), 'Hello.')
assert.deepEqual(whole.shown, [])
assert.equal(whole.lost, 3)

// The run has failed: the listener shows why, and ends the source, so that nothing is asked again.
const failed = await read(await ask('Please fail'))
assert.equal(failed.shown.length, 1)
assert.match(failed.shown[0], /no room/)
assert.deepEqual(failed.statuses, [200])

// A source that sends no credential, as that of a browser, is refused and does not try again.
const refused = await read(await ask('Hello'), { headers: {} })
assert.deepEqual(refused.statuses, [401])
assert.deepEqual(refused.shown, [])
