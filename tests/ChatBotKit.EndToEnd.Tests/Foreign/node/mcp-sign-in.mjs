// The official MCP client for Node signs in to the endpoint of an integration by itself.
import assert from 'node:assert/strict';
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const { MCP_URL: url, MCP_TOKEN: token } = process.env;
const redirectUrl = 'http://127.0.0.1:1/callback';

const provider = {
  redirectUrl,
  clientMetadata: { redirect_uris: [redirectUrl], client_name: 'test', grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] },
  clientInformation: () => provider.client,
  saveClientInformation: (client) => { provider.client = client; },
  tokens: () => provider.saved,
  saveTokens: (tokens) => { provider.saved = tokens; },
  saveCodeVerifier: (verifier) => { provider.verifier = verifier; },
  codeVerifier: () => provider.verifier,
  // The owner enters the access token of the integration in the browser.
  async redirectToAuthorization(page) {
    const answer = await fetch(page, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ token }) });
    assert.equal(answer.status, 303);
    provider.code = new URL(answer.headers.get('location')).searchParams.get('code');
  },
};

const transport = () => new StreamableHTTPClientTransport(new URL(url), { authProvider: provider });
const client = () => new Client({ name: 'test', version: '1.0.0' });

const first = transport();
await assert.rejects(client().connect(first), UnauthorizedError);
await first.finishAuth(provider.code);
const signedIn = client();
await signedIn.connect(transport());
assert.deepEqual((await signedIn.listTools()).tools.map((tool) => tool.name), ['say_hello']);
await signedIn.close();

// An access token that is not valid is replaced with the refresh token, without the owner.
const before = provider.saved.refresh_token;
provider.saved = { ...provider.saved, access_token: 'old' };
provider.code = undefined;
const refreshed = client();
await refreshed.connect(transport());
assert.equal((await refreshed.listTools()).tools.length, 1);
assert.notEqual(provider.saved.refresh_token, before);
assert.equal(provider.code, undefined);
await refreshed.close();
