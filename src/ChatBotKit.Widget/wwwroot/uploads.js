// @ts-check
// Files on their way to the server. Only XMLHttpRequest reports how much of a body was sent.
import { h, iconButton } from './dom.js'
import { Refused } from './errors.js'

/**
 * Sends the files of a message one after another.
 * @param {import('./session.js').Session} session
 * @param {import('./transcript.js').Message} message Shows the progress.
 * @param {File[]} files
 * @param {Record<string, string>} strings
 * @param {(detail: {name: string, state: string, sent: number, total: number}) => void} report
 * @returns {Promise<{failed: {file: File, problem: Refused}[], sent: number}>}
 */
export async function upload(session, message, files, strings, report) {
  const rows = [...message.chips.children]
  const cancelled = new Set()
  const failed = []
  let sent = 0
  const controls = files.map((file, place) => {
    const abort = new AbortController()
    const bar = h('progress', { max: '100', value: '0', 'aria-label': file.name })
    const cancel = iconButton('close', strings.cancelFile.replace('{file}', file.name), {
      onclick: () => { cancelled.add(file); abort.abort(); rows[place].remove() },
    })
    rows[place].append(bar, cancel)
    return { abort, bar, cancel }
  })
  for (const [place, file] of files.entries()) {
    const { abort, bar, cancel } = controls[place]
    const tell = (state, done = 0) => report({ name: file.name, state, sent: done, total: file.size })
    if (cancelled.has(file)) {
      tell('cancelled')
      continue
    }
    try {
      await send(session, file, abort.signal, (part) => { bar.value = part * 100; tell('sending', Math.round(part * file.size)) })
      tell('sent', file.size)
      sent++
    } catch (problem) {
      tell(cancelled.has(file) ? 'cancelled' : 'failed')
      if (!cancelled.has(file)) {
        rows[place].classList.add('failed')
        failed.push({ file, problem: problem instanceof Refused ? problem : new Refused(0) })
      }
    }
    bar.remove()
    cancel.remove()
  }
  return { failed, sent }
}

async function send(session, file, signal, onProgress) {
  for (let isRenewed = false; ; isRenewed = true) {
    try {
      return await sendOnce(session, file, signal, onProgress)
    } catch (problem) {
      if (isRenewed || !(problem instanceof Refused) || !problem.isRenewable) throw problem
      await session.renew()
    }
  }
}

function sendOnce(session, file, signal, onProgress) {
  const { url, authorization } = session.requestTo('attachment/upload')
  const body = new FormData()
  body.append('file', file, file.name)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('Authorization', authorization)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0)
    request.onload = () => (request.status < 300 ? resolve(undefined) : reject(new Refused(request.status, json(request.responseText),
      { retryAfter: Number(header(request, 'retry-after')) || undefined, requestId: header(request, 'x-request-id') })))
    request.onerror = () => reject(new Refused(0))
    request.onabort = () => reject(new Refused(0, { code: 'CANCELLED' }))
    signal.addEventListener('abort', () => request.abort())
    if (signal.aborted) return reject(new Refused(0, { code: 'CANCELLED' }))
    request.send(body)
  })
}

/** Reads a header. Asking for one that a proxy does not expose would be an error in the console. */
const header = (request, name) => new RegExp(`^${name}: (.*)$`, 'im').exec(request.getAllResponseHeaders())?.[1] ?? null

function json(text) {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
