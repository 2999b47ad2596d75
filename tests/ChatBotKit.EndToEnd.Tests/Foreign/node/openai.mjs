// The official OpenAI client for Node against the endpoints of its protocol.
import assert from 'node:assert/strict';
import OpenAI from 'openai';

const { OPENAI_URL: baseURL, OPENAI_KEY: apiKey, BOT_ID: bot } = process.env;
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const ask = (content) => [{ role: 'user', content }];

const models = [];
for await (const model of client.models.list()) models.push(model.id);
assert.ok(models.includes('scripted') && models.includes(`bot/id=${bot}`), models.join());
assert.equal((await client.models.retrieve(`bot/id=${bot}`)).id, `bot/id=${bot}`);

const whole = await client.chat.completions.create({ model: `bot/id=${bot}`, messages: ask('plain') });
assert.equal(whole.choices[0].message.content, 'You are a pirate.: plain');
assert.equal(whole.choices[0].finish_reason, 'stop');
assert.equal(whole.usage.total_tokens, 5);

const stream = await client.chat.completions.create({
  model: 'model/name=scripted', messages: ask('stream'), stream: true, stream_options: { include_usage: true },
});
let [text, usage] = ['', null];
for await (const chunk of stream) {
  text += chunk.choices[0]?.delta.content ?? '';
  usage = chunk.usage ?? usage;
}
assert.equal(text, ': stream');
assert.equal(usage.total_tokens, 5);

const runner = client.chat.completions.runTools({
  model: 'scripted',
  messages: ask('tool'),
  stream: true,
  tools: [{
    type: 'function',
    function: {
      name: 'add', description: 'Adds.', parse: JSON.parse, function: ({ a, b }) => String(a + b),
      parameters: { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } } },
    },
  }],
});
assert.equal(await runner.finalContent(), 'The sum is 5');

const parsed = await client.chat.completions.parse({
  model: 'scripted', messages: ask('json'),
  response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: { type: 'object', properties: { a: { type: 'number' } } } } },
});
assert.equal(parsed.choices[0].message.content, '{"a":1}');

const broken = client.chat.completions.stream({ model: 'scripted', messages: ask('break') });
await assert.rejects(broken.finalContent(), (e) => e instanceof OpenAI.APIError && /overloaded/.test(e.message));

const refused = (error, request) => assert.rejects(client.chat.completions.create({ model: 'scripted', messages: ask('a'), ...request }), error);
await refused((e) => e instanceof OpenAI.NotFoundError && e.code === 'model_not_found' && e.param === 'model', { model: 'bot/id=none' });
await refused((e) => e instanceof OpenAI.BadRequestError && e.param === 'n', { n: 2 });
await refused((e) => e instanceof OpenAI.APIError && e.status === 424, { messages: ask('fail'), stream: true });
await assert.rejects(
  new OpenAI({ baseURL, apiKey: 'sk-wrong', maxRetries: 0 }).models.list(),
  (e) => e instanceof OpenAI.AuthenticationError && e.code === 'invalid_api_key');
