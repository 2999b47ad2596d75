// The three ways to answer a function call. The scripted model asks for the weather, then repeats what it was told.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { collect, ofType, owner, weather } from './client.mjs'

const activities = (events, type) =>
  ofType(events, 'message').filter((event) => event.data.type === 'activity' && event.data.meta.activity.type === type)

// By data that the request brings along.
{
  const { id } = await owner.conversation.create({})
  const events = await collect(
    owner.conversation
      .complete(id, { text: 'Weather in Sofia?', functions: [weather({ data: { tempC: 21 } })] })
      .stream()
  )
  assert.equal(activities(events, 'response')[0].data.meta.activity.function.result, '{"tempC":21}')
  assert.match(ofType(events, 'result')[0].data.text, /21/)
}

// On a channel, while the answer is being written.
{
  const { id } = await owner.conversation.create({})
  const channel = `weather-${randomUUID()}`
  const types = []
  for await (const event of owner.conversation
    .complete(id, { text: 'Weather in Sofia?', functions: [weather({ channel })] })
    .stream()) {
    types.push(event.type)
    if (event.type === 'waitForChannelMessageBegin') {
      assert.deepEqual(event.data.function.args, { city: 'Sofia' })
      await owner.channel.publish(channel, { message: { result: { tempC: 22 } } })
    }
    if (event.type === 'result') {
      assert.match(event.data.text, /22/)
    }
  }
  assert.ok(types.includes('waitForChannelMessageEnd'))
}

// By the caller, stateful: the run ends, the caller stores the answer and goes on.
{
  const { id } = await owner.conversation.create({})
  const events = await collect(
    owner.conversation.complete(id, { text: 'Weather in Sofia?', functions: [weather()] }).stream()
  )
  assert.equal(ofType(events, 'result')[0].data.end.reason, 'activity')
  const request = activities(events, 'request')[0].data.meta.activity
  await owner.conversation.message.create(id, {
    type: 'activity',
    text: '',
    meta: { activity: { type: 'response', function: { ...request.function, result: '{"tempC":23}' } } },
  })
  const answer = await owner.conversation.complete(id, { functions: [weather()] })
  assert.match(answer.text, /23/)
}

// By the caller, stateless: the messages are sent again with the answer among them.
{
  const messages = [{ type: 'user', text: 'Weather in Sofia?' }]
  const events = await collect(owner.conversation.complete(null, { messages, functions: [weather()] }).stream())
  const request = activities(events, 'request')[0].data
  const answer = await owner.conversation.complete(null, {
    messages: [
      ...messages,
      request,
      {
        type: 'activity',
        text: '',
        meta: { activity: { type: 'response', function: { ...request.meta.activity.function, result: '{"tempC":24}' } } },
      },
    ].map(({ type, text, meta }) => ({ type, text, meta })),
    functions: [weather()],
  })
  assert.match(answer.text, /24/)
}
