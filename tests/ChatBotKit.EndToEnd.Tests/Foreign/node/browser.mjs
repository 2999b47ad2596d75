// A page on an origin of its own uses everything that a session may call, in a real browser.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { chromium } from 'playwright-core'
import { owner } from './client.mjs'

const { id } = await owner.conversation.create({ backstory: 'Be short.' })
const { token } = await owner.conversation.session.create(id, {})

const page = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<title>chat</title>'))
await new Promise((resolve) => page.listen(0, '127.0.0.1', resolve))

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
})
try {
  const tab = await browser.newPage()
  const sources = []
  tab.on('response', (response) => { if (response.request().resourceType() === 'eventsource') sources.push(response.status()) })
  await tab.goto(`http://127.0.0.1:${page.address().port}/`)
  const seen = await tab.evaluate(chat, { base: `${process.env.CHATBOTKIT_URL}api/v1`, id, token })

  assert.equal(seen.types[0], 'sendResult')
  assert.equal(seen.types.at(-1), 'result')
  assert.ok(seen.types.includes('token'))
  assert.ok(seen.runId, 'the run id can be read, so that the answer can be taken up again')
  assert.deepEqual(seen.again, seen.types.slice(2))
  assert.deepEqual(seen.messages, ['user', 'bot'])
  assert.equal(seen.rated, 200)
  assert.equal(seen.uploaded, 200)
  assert.equal(seen.published, 200)
  assert.deepEqual(seen.refused, { status: 401, code: 'NOT_AUTHENTICATED' })
  assert.deepEqual(seen.source, { isClosed: true, hasData: false })
  assert.deepEqual(sources, [401])
} finally {
  await browser.close()
  page.close()
}

/** Runs inside the page. */
async function chat({ base, id, token }) {
  const call = (path, init = {}) =>
    fetch(`${base}${path}`, { ...init, headers: { Authorization: `Bearer ${token}`, 'X-Timezone': 'Europe/Sofia', ...init.headers } })
  const post = (path, body, headers) =>
    call(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } })
  const lines = async (response) =>
    (await response.text()).trim().split('\n').map((line) => JSON.parse(line))

  const answer = await post(`/conversation/${id}/complete`, { text: 'Hello' }, { Accept: 'application/jsonl', 'Idempotency-Key': 'k1' })
  const runId = answer.headers.get('X-Run-Id')
  const events = await lines(answer)
  const again = await lines(await call(`/conversation/${id}/run/${runId}/stream?after=2`, { headers: { Accept: 'application/jsonl' } }))
  const list = await (await call(`/conversation/${id}/message/list`)).json()
  const rated = await post(`/conversation/${id}/message/${list.items[1].id}/upvote`, {})
  const file = new FormData()
  file.append('file', new Blob(['hello'], { type: 'text/plain' }), 'hello.txt')
  const uploaded = await call(`/conversation/${id}/attachment/upload`, { method: 'POST', body: file })
  const published = await post('/channel/a-channel-of-the-page/publish', { message: { result: 1 } })
  const refused = await call('/conversation/list')
  // An event source of the browser has no way to send the token.
  const source = new EventSource(`${base}/conversation/${id}/run/${runId}/stream`)
  const lost = await new Promise((resolve) => source.addEventListener('error', resolve))
  return {
    runId,
    types: events.map((event) => event.type),
    again: again.map((event) => event.type),
    messages: list.items.map((item) => item.type),
    rated: rated.status,
    uploaded: uploaded.status,
    published: published.status,
    source: { isClosed: source.readyState === EventSource.CLOSED, hasData: lost.data !== undefined },
    refused: { status: refused.status, code: (await refused.json()).code },
  }
}
