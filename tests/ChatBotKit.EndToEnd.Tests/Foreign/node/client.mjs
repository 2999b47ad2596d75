import { ChatBotKit } from '@chatbotkit/sdk'

const baseUrl = process.env.CHATBOTKIT_URL

/** The official client, pointed at the server under test. */
export const owner = new ChatBotKit({ secret: process.env.CHATBOTKIT_SECRET, baseUrl })

/** A second client that holds nothing but a session token. */
export const holder = (token) => new ChatBotKit({ secret: token, baseUrl })

/** Collects the events of a stream. */
export async function collect(stream) {
  const events = []
  for await (const event of stream) {
    events.push(event)
  }
  return events
}

export const ofType = (events, type) => events.filter((event) => event.type === type)

/** The text that the tokens of a stream spell. */
export const spelled = (events) => ofType(events, 'token').map((event) => event.data.token).join('')

/** A function that the model is told of. */
export const weather = (result) => ({
  name: 'getWeather',
  description: 'Weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  ...(result ? { result } : {}),
})
