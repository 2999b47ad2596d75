// A conversation that the caller keeps: streamed and as one answer.
import assert from 'node:assert/strict'
import { collect, ofType, owner, spelled } from './client.mjs'

const request = {
  backstory: 'Be short.',
  messages: [{ type: 'user', text: 'Hello' }],
}
const events = await collect(owner.conversation.complete(null, request).stream())
assert.deepEqual(
  events.map((event) => event.type).filter((type, index, all) => type !== all[index - 1]),
  ['sendResult', 'completeBegin', 'token', 'message', 'completeEnd', 'usage', 'receiveResult', 'result']
)
assert.equal(spelled(events), ofType(events, 'result')[0].data.text)

const answer = await owner.conversation.complete(null, request)
assert.equal(answer.end.reason, 'stop')
assert.ok(answer.usage.token > 0)

const { channelId } = await owner.conversation.dispatch(null, request)
let dispatched
for await (const event of owner.channel.subscribe(channelId, { historyLength: 100 }).stream()) {
  if (event.type === 'message' && event.data.type === 'result') {
    dispatched = event.data.data
    break
  }
}
assert.equal(dispatched.text, answer.text)
