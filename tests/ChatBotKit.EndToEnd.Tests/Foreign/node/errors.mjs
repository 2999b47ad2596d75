// What goes wrong has a code and a message that names the cause.
import assert from 'node:assert/strict'
import { holder, owner } from './client.mjs'

const unknown = 'c'.repeat(24)
await assert.rejects(owner.conversation.fetch(unknown), { code: 'NOT_FOUND' })
await assert.rejects(owner.conversation.complete(unknown, { text: 'Hello' }), { code: 'NOT_FOUND' })
await assert.rejects(holder('sk-wrong').conversation.list(), { code: 'NOT_AUTHENTICATED' })
await assert.rejects(holder('a.b.c').conversation.list(), { code: 'NOT_AUTHENTICATED' })

const { id } = await owner.conversation.create({})
await assert.rejects(owner.conversation.session.create(id, { durationInSeconds: 10 }), (error) => {
  assert.equal(error.code, 'BAD_REQUEST')
  assert.match(error.message, /1800/)
  return true
})
await assert.rejects(owner.conversation.create({ nonsense: true }), (error) => {
  assert.equal(error.code, 'BAD_REQUEST')
  assert.match(error.message, /nonsense/)
  return true
})
await assert.rejects(owner.conversation.create({ model: 'no-such-model' }), (error) => {
  assert.equal(error.code, 'BAD_REQUEST')
  assert.match(error.message, /extractive/)
  return true
})
