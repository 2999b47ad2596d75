// Reads the same answer once for each line on standard input and prints how many events came in how many seconds.
import { createInterface } from 'node:readline'
import { ChatBotKit } from '@chatbotkit/sdk'

const client = new ChatBotKit({ secret: 'none', baseUrl: process.argv[2] })
const request = { messages: [{ type: 'user', text: 'Hello' }] }

for await (const _ of createInterface({ input: process.stdin })) {
  const start = performance.now()
  let events = 0
  for await (const event of client.conversation.complete(null, request).stream()) {
    if (event.type === 'token' && event.data.token.length > 0) {
      events++
    }
  }
  console.log(`${events} ${(performance.now() - start) / 1000}`)
}
