// Files of spaces: announced, uploaded to the address of the answer, listed, downloaded, copied, moved and deleted.
import assert from 'node:assert/strict'
import { owner } from './client.mjs'

const { id } = await owner.space.create({ name: 'Documents' })
const { storage } = owner.space
const path = 'notes 2026/Grüße #1?.md'

const { uploadRequest, ...stored } = await storage.upload(id, path, { file: { type: 'text/markdown', size: 8 } })
assert.equal(stored.path, path)
const put = await fetch(uploadRequest.url, { method: uploadRequest.method, headers: uploadRequest.headers, body: 'Hello yo' })
assert.equal(put.status, 200)
await storage.upload(id, 'a.txt', { file: 'data:text/plain,Hello' })

const paths = async (...request) => (await storage.list(id, ...request)).items.map((item) => item.path)
assert.deepEqual(await paths(), ['a.txt', 'notes 2026'])
assert.deepEqual(await paths('notes 2026'), [path])
assert.deepEqual(await paths(undefined, { recursive: true }), ['a.txt', path, 'notes 2026'])

const { url, id: fileId } = await storage.download(id, path)
assert.equal(fileId, stored.id)
assert.equal(await (await fetch(url)).text(), 'Hello yo')

assert.equal((await storage.copy(id, path, { destinationPath: 'b/copy.md' })).path, 'b/copy.md')
assert.equal((await storage.move(id, 'b/copy.md', { destinationPath: 'b/moved.md' })).path, 'b/moved.md')
assert.deepEqual(await paths('b'), ['b/moved.md'])

await assert.rejects(storage.delete(id, 'b'), { code: 'BAD_REQUEST' })
assert.equal((await storage.delete(id, 'b', { recursive: true })).path, 'b')
await storage.delete(id, path)
assert.deepEqual(await paths(), ['a.txt'])
await assert.rejects(storage.download(id, path), { code: 'NOT_FOUND' })
await assert.rejects(storage.list(id, 'b'), { code: 'NOT_FOUND' })
