// @ts-check
// The pictures of a chat. They are fetched and drawn, because the content security policy of a page that allows requests to the chat server
// need not allow its pictures.

import { wear } from './dom.js'

const css = `
.face { flex: none; inline-size: 32px; block-size: 32px; border-radius: 50%; }
.launcher .face { inline-size: 56px; block-size: 56px; }
.message.faced { position: relative; min-block-size: 32px; padding-inline-start: 42px; }
.message.user.faced { padding-inline: 48px 42px; }
.message > .face { position: absolute; inset-block-start: 4px; inset-inline-start: 0; }
.message.user > .face { inset-inline: auto 0; }
`

/** The width and height in pixels, for screens with two per pixel of a style. */
const Side = 64

const Patience = 10_000

/** @typedef {'bar' | 'user' | 'bot' | 'button'} Place */

/**
 * Shows pictures in the header, on the button and beside the messages, also beside those that come later.
 * @param {string} json The addresses by place.
 * @param {{root: ShadowRoot, bar: HTMLElement, launcher: HTMLElement, transcript: import('./transcript.js').Transcript, isCurrent: () => boolean}} scene
 */
export async function dress(json, { root, bar, launcher, transcript, isCurrent }) {
  const face = await loadFaces(addressesOf(json))
  // The addresses were changed while the pictures were loaded.
  if (!isCurrent()) return
  wear(root, css)
  const places = [[bar, face('bar')], [launcher.querySelector('slot'), face('button')]]
  for (const [place, picture] of places) if (picture) place?.replaceChildren(picture)
  transcript.onNew = ({ type, element }) => {
    const picture = face(type)
    element.querySelector('.face')?.remove()
    element.classList.toggle('faced', picture !== null)
    if (picture) element.prepend(picture)
  }
  transcript.messages.forEach(transcript.onNew)
}

function addressesOf(json) {
  try {
    return Object(JSON.parse(json))
  } catch {
    console.warn('<chatbotkit-chat>: the attribute pictures is no JSON object of {bar, user, bot, button}.')
    return {}
  }
}

/**
 * Loads pictures. One that does not arrive, or is none, is left out.
 * @param {Partial<Record<Place, string>>} addresses
 * @returns {Promise<(place: Place) => HTMLCanvasElement | null>} Creates an element with the picture of a place; null when it has none.
 */
async function loadFaces(addresses) {
  const pictures = new Map()
  await Promise.all(Object.entries(addresses).map(async ([place, address]) => {
    const picture = await load(address).catch(() => null)
    if (picture) pictures.set(place, picture)
  }))
  return (place) => pictures.has(place) ? draw(pictures.get(place)) : null
}

async function load(address) {
  const url = new URL(address, document.baseURI)
  if (!['https:', 'http:'].includes(url.protocol)) return null
  const response = await fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(Patience) })
  return response.ok ? createImageBitmap(await response.blob()) : null
}

/** Draws the middle of a picture as a square. @param {ImageBitmap} picture */
function draw(picture) {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = Side
  canvas.className = 'face'
  canvas.setAttribute('aria-hidden', 'true')
  const side = Math.min(picture.width, picture.height)
  const context = canvas.getContext('2d')
  if (context) context.imageSmoothingQuality = 'high'
  context?.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, Side, Side)
  return canvas
}
