// Mastra's own routes on its Hono adapter, with a LibSQL file. The arguments are that file and the base URL of the model.
import { serve } from '@hono/node-server'
import { Agent } from '@mastra/core/agent'
import { Mastra } from '@mastra/core/mastra'
import { MastraServer } from '@mastra/hono'
import { LibSQLStore } from '@mastra/libsql'
import { Memory } from '@mastra/memory'
import { Hono } from 'hono'

const [file, url] = process.argv.slice(2)

const agent = new Agent({
  id: 'bench',
  name: 'bench',
  instructions: 'You are brief.',
  model: { id: 'custom/fast', url, apiKey: 'none' },
  memory: new Memory({ options: { lastMessages: 20 } }),
})

const mastra = new Mastra({
  agents: { bench: agent },
  storage: new LibSQLStore({ id: 'bench', url: `file:${file}` }),
  logger: false,
})

const app = new Hono()
app.get('/health/ready', context => context.text('ok'))
await new MastraServer({ app, mastra }).init()

const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, address => {
  console.log(`Mastra listens on http://127.0.0.1:${address.port}`)
})

process.on('SIGTERM', () => {
  server.close()
  process.exit(0)
})
