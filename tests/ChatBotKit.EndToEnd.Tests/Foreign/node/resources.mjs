// Conversations and messages as resources, lists by page and as a stream, votes.
import assert from 'node:assert/strict'
import { collect, owner } from './client.mjs'

const run = `run-${Date.now()}`
const ids = []
for (let i = 0; i < 5; i++) {
  const { id } = await owner.conversation.create({ name: `Number ${i}`, meta: { run } })
  ids.push(id)
}

const seen = []
let cursor
for (;;) {
  const page = await owner.conversation.list({ take: 2, order: 'asc', meta: { run }, ...(cursor ? { cursor } : {}) })
  seen.push(...page.items.map((item) => item.id))
  cursor = page.cursor
  if (page.items.length === 0) {
    break
  }
}
assert.deepEqual(seen, ids)

const items = await collect(owner.conversation.list({ order: 'asc', meta: { run } }).stream())
assert.deepEqual(items.map((item) => item.data.id), ids)

await owner.conversation.update(ids[0], { name: 'Renamed', description: 'With words' })
const fetched = await owner.conversation.fetch(ids[0])
assert.equal(fetched.name, 'Renamed')
assert.equal(fetched.description, 'With words')
assert.equal(fetched.meta.run, run)
assert.ok(fetched.updatedAt >= fetched.createdAt)

const created = await owner.conversation.message.create(ids[0], { type: 'user', text: 'Grüße aus Sofia 🌷' })
const message = await owner.conversation.message.fetch(ids[0], created.id)
assert.equal(message.text, 'Grüße aus Sofia 🌷')
await owner.conversation.message.update(ids[0], created.id, { text: 'Changed' })
assert.equal((await owner.conversation.message.fetch(ids[0], created.id)).text, 'Changed')
assert.ok((await owner.conversation.message.upvote(ids[0], created.id, { value: 50 })).id)
assert.ok((await owner.conversation.message.downvote(ids[0], created.id, { reason: 'no' })).id)
assert.ok((await owner.conversation.upvote(ids[0], {})).id)
assert.ok((await owner.conversation.downvote(ids[0], {})).id)
const messages = await collect(owner.conversation.message.list(ids[0]).stream())
assert.deepEqual(messages.map((item) => item.data.text), ['Changed'])
await owner.conversation.message.delete(ids[0], created.id)
await assert.rejects(owner.conversation.message.fetch(ids[0], created.id), { code: 'NOT_FOUND' })

for (const id of ids) {
  await owner.conversation.delete(id)
}
await assert.rejects(owner.conversation.fetch(ids[0]), { code: 'NOT_FOUND' })
const models = await owner.platform.model.list()
assert.ok(models.items.some((model) => model.id === 'extractive'))
