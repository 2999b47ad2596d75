// A backend mints a session; a second client uses it, and nothing else.
import assert from 'node:assert/strict'
import { collect, holder, ofType, owner, spelled } from './client.mjs'

const conversation = await owner.conversation.create({ backstory: 'Be short.', meta: { shop: 'sofia' } })
assert.match(conversation.id, /^[a-z][a-z0-9]{23}$/)

const before = Date.now()
const session = await owner.conversation.session.create(conversation.id, { durationInSeconds: 1800 })
assert.equal(session.id, conversation.id)
assert.ok(Math.abs(session.expiresAt - (before + 1800_000)) < 60_000, 'expires in 1800 seconds')

const client = holder(session.token)
const events = await collect(client.conversation.complete(conversation.id, { text: 'Hello' }).stream())
assert.equal(events[0].type, 'sendResult')
assert.equal(events.at(-1).type, 'result')
assert.equal(events.at(-1).data.end.reason, 'stop')
assert.ok(spelled(events).length > 0, 'tokens arrive')
assert.equal(spelled(events), ofType(events, 'message').find((event) => event.data.type === 'bot').data.text)

const answer = await client.conversation.complete(conversation.id, { text: 'And again' })
assert.equal(answer.end.reason, 'stop')
assert.ok(answer.text.length > 0)

const sent = await client.conversation.send(conversation.id, { text: 'One more' })
assert.ok(sent.id)
const received = await client.conversation.receive(conversation.id, {})
assert.ok(received.text.length > 0)

await assert.rejects(client.conversation.fetch(conversation.id), { code: 'NOT_AUTHENTICATED' })
await assert.rejects(client.conversation.list(), { code: 'NOT_AUTHENTICATED' })
const other = await owner.conversation.create({})
await assert.rejects(client.conversation.complete(other.id, { text: 'Hello' }), { code: 'NOT_AUTHENTICATED' })

const stored = await owner.conversation.message.list(conversation.id)
assert.deepEqual(
  stored.items.map((message) => message.type),
  ['user', 'bot', 'user', 'bot', 'user', 'bot']
)
