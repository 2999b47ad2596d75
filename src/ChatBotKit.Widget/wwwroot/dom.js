// @ts-check
// Elements of the page, made without any HTML.

/** The namespace of icons. */
const Svg = 'http://www.w3.org/2000/svg'

/** The paths of the icons, drawn with a line of two pixels in a square of 24. */
const Icons = {
  chat: 'M4 5.5h16v11h-8.5L7 20v-3.5H4z',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M12 19V5M5.5 11.5L12 5l6.5 6.5',
  stop: 'M7.5 7.5h9v9h-9z',
  attach: 'M19 11.5l-7.2 7.2a4.4 4.4 0 0 1-6.2-6.2l7.6-7.6a2.9 2.9 0 0 1 4.2 4.2l-7.5 7.4a1.4 1.4 0 0 1-2-2l6.6-6.5',
  copy: 'M9 9h10v10H9zM15 9V5H5v10h4',
  up: 'M7 10.5V20H4v-9.5zM7 11l4-7c1.5 0 2.5 1 2.2 2.6L12.7 9.5h6.1l-1.6 9A2 2 0 0 1 15.2 20H7',
  down: 'M17 13.5V4h3v9.5zM17 13l-4 7c-1.5 0-2.5-1-2.2-2.6l.5-2.9H5.2l1.6-9A2 2 0 0 1 8.8 4H17',
  anew: 'M5 12a7 7 0 1 0 2.3-5.2M5 4v4h4',
  save: 'M12 4v11M7 10.5l5 5 5-5M5 20h14',
  file: 'M7 3.5h7l4 4v13H7zM14 3.5v4h4',
  jump: 'M12 5v14M5.5 12.5L12 19l6.5-6.5',
}

/**
 * Creates an element. An attribute with a function is a listener; one that is false, null or undefined is left out.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? '' : String(value))
  }
  for (const child of children) if (child || child === '') element.append(child)
  return element
}

/** Creates an icon, which assistive technology does not see. @param {keyof typeof Icons} name */
export function icon(name) {
  const svg = document.createElementNS(Svg, 'svg')
  const path = document.createElementNS(Svg, 'path')
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'icon' })) svg.setAttribute(key, value)
  path.setAttribute('d', Icons[name])
  svg.append(path)
  return svg
}

/**
 * Creates a button with an icon and a name for assistive technology.
 * @param {keyof typeof Icons} name
 * @param {string} label
 * @param {Record<string, any>} attributes
 */
export const iconButton = (name, label, attributes) =>
  h('button', { type: 'button', 'aria-label': label, title: label, ...attributes, class: `plain ${attributes.class ?? ''}` }, icon(name))

/** The style sheets that were made. @type {Map<string, CSSStyleSheet>} */
const sheets = new Map()

/**
 * Adds a style sheet to a shadow root, once. A sheet that is made by script needs no permission of the page's content security policy.
 * @param {any} root
 * @param {string} css
 */
export function wear(root, css) {
  const sheet = sheets.get(css) ?? new CSSStyleSheet()
  if (!sheets.has(css)) sheet.replaceSync(css)
  sheets.set(css, sheet)
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet)
}

/** Returns a random id. Pages without HTTPS have no `randomUUID`. */
export const uuid = () => crypto.randomUUID?.()
  ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
