// Files: announced and uploaded by the client itself, and downloaded.
import assert from 'node:assert/strict'
import { owner } from './client.mjs'

/** Returns the text of a downloaded file. The client wraps bytes with the headers of their response. */
const textOf = ({ data }) => Buffer.from(data).toString('utf8')

const { id } = await owner.file.create({ name: 'Manual' })
const first = await owner.file.upload(id, { name: 'manual.txt', type: 'text/plain', data: 'Grüße 🌷' })
assert.equal(first.id, id)
assert.equal(textOf(await owner.file.download(id)), 'Grüße 🌷')

await owner.file.upload(id, { name: 'manual.csv', type: 'text/csv', data: new Uint8Array([97, 44, 98]) })
assert.equal(textOf(await owner.file.download(id)), 'a,b')
assert.equal((await owner.file.fetch(id)).meta.contentType, 'text/csv')

await owner.file.delete(id)
await assert.rejects(owner.file.download(id), { code: 'NOT_FOUND' })
