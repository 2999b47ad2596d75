// @ts-check
// Where sessions come from: the page itself, the page's own backend, or a widget integration of the chat server.
import { Refused } from './errors.js'

/**
 * @typedef {object} Grant
 * @property {string} conversationId
 * @property {string} token
 * @property {number} [expiresAt]
 * @property {string} [sessionId]
 * @property {number} [refreshableUntil]
 * @property {string} apiUrl
 * @property {boolean} [asksContact] Whether the widget collects contacts and the conversation has none.
 *
 * @typedef {'start' | 'renew' | 'restart'} Reason
 * @typedef {(reason: Reason, grant?: Grant) => Promise<Grant>} Mint
 */

/** Two chats of one page that ask the same backend at the same time share one answer. @type {Map<string, Promise<any>>} */
const asked = new Map()

/**
 * Returns the way to a session that the element names.
 * @param {HTMLElement} host
 * @param {Record<string, any>} settings
 * @param {import('./storage.js').Kept} kept
 * @param {URL} home
 * @returns {Mint}
 */
export function mintFor(host, settings, kept, home) {
  const widget = host.getAttribute('widget')
  const server = new URL(host.getAttribute('server') ?? new URL('../../', home).href, document.baseURI).href
  const url = host.getAttribute('session-url')
  const given = [settings.getSession, url, widget].filter(Boolean).length
  if (given !== 1) console.warn('<chatbotkit-chat> needs exactly one of session-url, widget and the property getSession.')
  return async (reason, grant) => {
    const result = settings.getSession ? await settings.getSession(reason, grant)
      : url ? await ofBackend(new URL(url, document.baseURI).href, settings, kept, reason, grant)
        : widget ? await ofWidget(host, server, widget, settings, kept, reason, grant) : null
    if (!result?.token || !result.conversationId) throw new Refused(400, { code: 'NO_SESSION', message: 'No session was given to <chatbotkit-chat>.' })
    kept.set({ sessionId: result.sessionId })
    return { ...result, apiUrl: result.apiUrl ?? server }
  }
}

const about = ({ contact, meta }, reason) => ({ ...(contact && { contact }), ...(meta && { meta }), ...(reason === 'restart' && { restart: true }) })

/** A page that was reloaded keeps its session, because only that may answer the calls of its runs. */
async function ofBackend(url, settings, kept, reason, grant) {
  const sessionId = reason === 'renew' ? grant?.sessionId : reason === 'start' ? kept.get('sessionId') : undefined
  if (!sessionId) return post(url, about(settings, reason))
  try {
    return await post(url, { sessionId })
  } catch (problem) {
    if (reason === 'renew' || !(problem instanceof Refused) || problem.isConnection) throw problem
    return post(url, about(settings, reason))
  }
}

async function ofWidget(host, server, widget, settings, kept, reason, grant) {
  if (reason === 'restart') kept.resumeKey = null
  if (reason === 'renew' && !kept.resumeKey) throw expired()
  const resumeKey = kept.resumeKey
  const result = await post(`${server.replace(/\/*$/, '/')}v1/integration/widget/${encodeURIComponent(widget)}/session/create`,
    { ...about(settings, 'start'), ...(resumeKey && { resumeKey }) })
  kept.resumeKey = result.resumeKey ?? null
  const { widget: look = {}, conversationId, token, expiresAt, sessionId } = result
  // The server no longer keeps the conversation on the screen. The visitor decides when a new one begins.
  if (reason === 'renew' && conversationId !== grant?.conversationId) throw expired()
  adopt(host, look)
  return { conversationId, token, expiresAt, sessionId, apiUrl: server, asksContact: look.contactCollection }
}

const expired = () => new Refused(401, { code: 'SESSION_EXPIRED', message: 'The conversation is not kept any longer.' })

/** Takes over the settings of the widget that the page does not make itself. */
function adopt(host, { title, intro, placeholder, theme, attachments, exportConversation, restartConversation, autoScroll, startFirst, language, pictures }) {
  const settings = {
    lang: language, heading: title, intro, placeholder, theme: ['light', 'dark'].includes(theme) ? theme : null, attachments: attachments ? '' : null,
    export: exportConversation ? '' : null, restart: restartConversation ? '' : null, follow: autoScroll === false ? 'off' : null,
    'start-first': startFirst ? '' : null, pictures: pictures && JSON.stringify(pictures),
  }
  for (const [name, value] of Object.entries(settings)) if ((value || value === '') && !host.hasAttribute(name)) host.setAttribute(name, value)
}

function post(address, body) {
  const key = `${address} ${JSON.stringify(body)}`
  if (!asked.has(key)) asked.set(key, send(address, body).finally(() => asked.delete(key)))
  return asked.get(key)
}

async function send(address, body) {
  const response = await fetch(address, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, credentials: 'same-origin', body: JSON.stringify(body),
  }).catch(() => { throw new Refused(0) })
  if (response.ok) return response.json()
  const problem = await Refused.of(response)
  if (problem.code === 'ORIGIN_NOT_ALLOWED') console.warn(`The widget does not allow pages of ${location.origin}: ${problem.message}.`)
  // A backend whose visitor is not signed in responds with 401, and without a code of a session.
  if (problem.status === 401 && !problem.isFinal) throw new Refused(401, { code: 'SIGN_IN', message: 'The visitor is not signed in.' })
  throw problem
}
