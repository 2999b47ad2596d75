// @ts-check
// Files on their way to the server. Only XMLHttpRequest reports how much of a body was sent.
import { h, iconButton, wear } from './dom.js'
import { Refused } from './errors.js'

const css = `
.chip.failed { border-color: var(--danger); color: var(--danger); text-decoration: line-through; }
progress { inline-size: 64px; block-size: 6px; accent-color: var(--accent); }
`

const DefaultFiles = 5
const DefaultBytes = 20_000_000

/**
 * Adds the files that the chat accepts to those that were chosen before, and returns why the others were refused.
 * @param {File[]} files
 * @param {File[]} chosen
 * @param {import('./transcript.js').Scene} scene
 */
export function choose(files, chosen, { strings, host, options, locale }) {
  const [most, bytes] = [Number(host.getAttribute('max-files')) || DefaultFiles, Number(host.getAttribute('max-bytes')) || DefaultBytes]
  const refusals = []
  for (const file of files) {
    if (!accepts(options.attachments, file)) refusals.push(`${file.name}: ${strings.wrongType}`)
    else if (file.size > bytes) refusals.push(strings.tooLarge.replace('{file}', file.name).replace('{limit}', size(bytes, locale)))
    else if (chosen.length >= most) refusals.push(strings.tooMany.replace('{n}', String(most)))
    else chosen.push(file)
  }
  return [...new Set(refusals)].join('\n')
}

/**
 * Sends the files of a message, and says below it which ones could not be sent.
 * @param {import('./session.js').Session} session
 * @param {import('./transcript.js').Message} message
 * @param {File[]} files
 * @param {Record<string, string>} strings
 * @param {import('./conversation.js').View} view
 * @returns {Promise<number>} How many were sent.
 */
export async function uploadAll(session, message, files, strings, view) {
  wear(view.transcript.element.getRootNode(), css)
  const { failed, sent } = await upload(session, message, files, strings, (detail) => view.emit('cbk-attachment', detail))
  const texts = failed.map(({ file, problem }) => problem.code === 'CONTENT_TOO_LARGE' || problem.status === 413
    ? strings.fileTooLarge.replace('{file}', file.name)
    : problem.isLimit ? view.explain(problem).text : strings.uploadFailed.replace('{file}', file.name))
  if (texts.length) {
    message.note(texts.join('\n'), undefined, true)
    view.warn(texts.join('\n'))
  }
  if (sent === 0 && !message.text) message.isWaiting = false
  return sent
}

/**
 * Sends the files of a message one after another.
 * @param {import('./session.js').Session} session
 * @param {import('./transcript.js').Message} message Shows the progress.
 * @param {File[]} files
 * @param {Record<string, string>} strings
 * @param {(detail: {name: string, state: string, sent: number, total: number}) => void} report
 * @returns {Promise<{failed: {file: File, problem: Refused}[], sent: number}>}
 */
async function upload(session, message, files, strings, report) {
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

/** Whether the list of an `accept` attribute contains a file. */
function accepts(list, { name, type }) {
  const rules = (list ?? '').split(',').map((rule) => rule.trim().toLowerCase()).filter(Boolean)
  return list !== null && (rules.length === 0 || rules.some((rule) => rule === '*' || rule === '*/*'
    || (rule.startsWith('.') ? name.toLowerCase().endsWith(rule) : rule.endsWith('/*') ? type.startsWith(rule.slice(0, -1)) : type === rule)))
}

function size(bytes, locale) {
  const units = /** @type {const} */ (['byte', 'kilobyte', 'megabyte', 'gigabyte'])
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 3)
  return new Intl.NumberFormat(locale, { style: 'unit', unit: units[step], maximumFractionDigits: 1 }).format(bytes / 1000 ** step)
}
