// The official MCP client for Node against the endpoint of an integration.
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const { MCP_URL: url, MCP_TOKEN: token } = process.env;

async function connect(headers) {
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return client;
}

const client = await connect({ Authorization: `Bearer ${token}` });
assert.equal(client.getServerVersion().version, '1.0.0');

const { tools } = await client.listTools();
assert.deepEqual(tools.map((tool) => tool.name), ['say_hello']);
assert.deepEqual(tools[0].inputSchema.required, ['name']);

const hello = await client.callTool({ name: 'say_hello', arguments: { name: 'Ada' } });
assert.deepEqual(hello.content, [{ type: 'text', text: 'Hello Ada' }]);

const wrong = await client.callTool({ name: 'say_hello', arguments: {} });
assert.equal(wrong.isError, true);
await assert.rejects(client.callTool({ name: 'unknown', arguments: {} }), /Unknown tool/);
await client.close();

await assert.rejects(connect({ Authorization: 'Bearer wrong' }));
