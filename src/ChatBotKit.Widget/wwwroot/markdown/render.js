// @ts-check
// Markdown as nodes of the page, also while its text is still being written. Nothing is ever parsed as HTML.
import { h } from '../dom.js'
import { parse } from './blocks.js'
import { inline } from './inline.js'

/** @typedef {import('./inline.js').Context} Context */

const LongestText = 1_000_000
const MostNodes = 20_000
const Safe = /^(?:https?:\/\/|mailto:|tel:)[^\s]+$/i

/** Returns the address if it may be linked to; null otherwise. @param {string} url */
export function safeLink(url) {
  if (!Safe.test(url) || /[\0-\x20\x7f]/.test(url)) return null
  return /^https?:/i.test(url) && !URL.canParse(url) ? null : url
}

/** The Markdown of one message. Text is added at its end; only the last block is made again. */
export class Markdown {
  #target
  #context
  #text = ''
  /** The place in the text where the last block begins. Everything before it is on the page and does not change. */
  #done = 0
  /** @type {Element[]} */
  #last = []
  #nodes = 0
  #isPlain = false

  /** @param {HTMLElement} target @param {Context} context */
  constructor(target, context) {
    this.#target = target
    this.#context = context
  }

  /** Shows a text that begins with the text before. @param {string} text @param {boolean} isWhole Whether no more text follows. */
  show(text, isWhole) {
    this.#text = text
    if (this.#isPlain || text.length > LongestText || this.#nodes > MostNodes) return this.#showPlain()
    const raw = text.slice(this.#done).split('\n')
    const lines = raw.map((line) => line.replaceAll('\0', '\ufffd').replace(/\r$/, ''))
    const blocks = parse(lines)
    const context = { ...this.#context, isOpen: !isWhole }
    if (this.#grew(blocks)) return
    const made = blocks.map((block, place) => element(block, place < blocks.length - 1 ? { ...context, isOpen: false } : context))
    for (const old of this.#last) old.remove()
    this.#target.append(...made)
    // A line that is not complete yet may still belong to the block before it.
    const from = Math.max(blocks.findLastIndex((block) => block.line < lines.length - 1), 0)
    this.#last = made.slice(from)
    if (from === 0) return
    this.#done += raw.slice(0, blocks[from].line).reduce((sum, line) => sum + line.length + 1, 0)
    this.#nodes += made.slice(0, from).reduce((sum, one) => sum + one.getElementsByTagName('*').length + 1, 0)
  }

  /** Starts again, with no text. */
  clear() {
    this.#target.replaceChildren()
    this.#text = ''
    this.#done = this.#nodes = 0
    this.#last = []
    this.#isPlain = false
  }

  /** Code that is being written is not made again, so that it can be scrolled, selected and copied meanwhile. */
  #grew(blocks) {
    const code = blocks.length === 1 && blocks[0].type === 'code' && !blocks[0].isClosed ? this.#last[0]?.querySelector(':scope > pre > code') : null
    if (!code || this.#last[0].getAttribute('data-language') !== blocks[0].language) return false
    if (code.firstChild instanceof Text && blocks[0].text.startsWith(code.firstChild.data)) code.firstChild.appendData(blocks[0].text.slice(code.firstChild.data.length))
    else code.textContent = blocks[0].text
    return true
  }

  #showPlain() {
    if (!this.#isPlain) this.#target.replaceChildren(h('p', { class: 'plain-text' }))
    this.#isPlain = true
    this.#last = []
    const [only] = this.#target.children
    only.textContent = this.#text
  }
}

/** Makes the nodes of a whole text. @param {string} text @param {Context} context */
export const render = (text, context) => parse(text.replaceAll('\r\n', '\n').split('\n')).map((block) => element(block, context))

/** @param {import('./blocks.js').Block} block @param {Context} context @returns {any} */
function element(block, context) {
  const { strings } = context
  switch (block.type) {
    case 'heading': return h(`h${block.level}`, {}, ...inline(block.text ?? '', context))
    case 'rule': return h('hr')
    case 'code': return code(block, context)
    case 'quote': return h('blockquote', {}, ...block.blocks?.map((one) => element(one, context)) ?? [])
    case 'list': return h(block.isOrdered ? 'ol' : 'ul', { start: block.start !== 1 && block.start },
      ...block.items?.map((item, place) => listItem(item, Boolean(block.isTight), { ...context, isOpen: context.isOpen && place === (block.items?.length ?? 0) - 1 })) ?? [])
    case 'table': return h('div', { class: 'table', role: 'group', tabindex: '0', 'aria-label': strings.table }, table(block, context))
    default: return h('p', {}, ...inline(block.text ?? '', context))
  }
}

function listItem({ blocks, task }, isTight, context) {
  const mark = task === null ? [] : [h('span', { class: 'task' }, task ? '☑ ' : '☐ ')]
  const content = blocks.flatMap((block) => block.type === 'paragraph' && isTight ? inline(block.text ?? '', context) : [element(block, context)])
  return h('li', task === null ? {} : { class: 'todo' }, ...mark, ...content)
}

function table({ rows, align }, context) {
  const row = (cells, tag) => h('tr', {}, ...cells.map((cell, place) =>
    h(tag, { ...(tag === 'th' && { scope: 'col' }), 'data-align': align[place] }, ...inline(cell, context))))
  const [head, ...body] = rows
  return h('table', {}, h('thead', {}, row(head, 'th')), body.length > 0 && h('tbody', {}, ...body.map((one) => row(one, 'td'))))
}

function code({ text, language }, { strings, highlight, isOpen }) {
  const name = language || strings.code
  const inside = (!isOpen && language && highlight(text, language)) || document.createTextNode(text)
  const body = h('code', {}, inside)
  const copy = h('button', { type: 'button', class: 'quiet', part: 'code-copy', 'data-copy': 'code', 'aria-label': strings.copyCode }, strings.copy)
  return h('div', { class: 'code', part: 'code', 'data-language': language ?? '' },
    h('div', { class: 'bar' }, h('span', {}, name), copy),
    h('pre', { tabindex: '0', role: 'group', 'aria-label': `${strings.code}: ${name}` }, body))
}
