// @ts-check
// The blocks of a Markdown text: paragraphs, headings, lists, quotes, code and tables.

/**
 * @typedef {object} Block
 * @property {'paragraph' | 'heading' | 'rule' | 'code' | 'quote' | 'list' | 'table'} type
 * @property {number} line The number of its first line.
 * @property {string} [text]
 * @property {number} [level]
 * @property {string} [language]
 * @property {boolean} [isClosed]
 * @property {Block[]} [blocks]
 * @property {boolean} [isOrdered]
 * @property {number} [start]
 * @property {boolean} [isTight]
 * @property {{blocks: Block[], task: boolean | null}[]} [items]
 * @property {string[][]} [rows]
 * @property {(string | null)[]} [align]
 */

const Fence = /^( {0,3})(`{3,}|~{3,})[ \t]*([^\n]*)$/
const Heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$/
const Rule = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/
const Quote = /^ {0,3}> ?/
const Item = /^( {0,3})([-*+]|\d{1,9}[.)])(?=[ \t]|$)([ \t]*)(.*)$/
const Underline = /^ {0,3}(=+|-+)[ \t]*$/
const Divider = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/

/** The depth from which on lists and quotes are shown as text. */
const Deepest = 20

/** @param {string[]} lines @param {number} [depth] @returns {Block[]} */
export function parse(lines, depth = 0) {
  /** @type {Block[]} */
  const blocks = []
  for (let at = 0; at < lines.length;) {
    if (!lines[at].trim()) {
      at++
      continue
    }
    const [block, next] = fence(lines, at) ?? heading(lines, at) ?? rule(lines, at)
      ?? (depth < Deepest ? quote(lines, at, depth) ?? list(lines, at, depth) : null) ?? table(lines, at) ?? paragraph(lines, at, depth)
    blocks.push(block)
    at = next
  }
  return blocks
}

/** @typedef {[Block, number] | null} Found */

/** @param {string[]} lines @param {number} at @returns {Found} */
function fence(lines, at) {
  const match = fenceOf(lines[at])
  if (!match) return null
  const [, indent, marks, info] = match
  const end = new RegExp(`^ {0,3}${marks[0]}{${marks.length},}[ \\t]*$`)
  const inside = []
  let next = at + 1
  while (next < lines.length && !end.test(lines[next])) inside.push(lines[next++].replace(new RegExp(`^ {0,${indent.length}}`), ''))
  const isClosed = next < lines.length
  return [{ type: 'code', line: at, text: inside.join('\n'), language: info.trim().split(/\s/)[0], isClosed }, next + 1]
}

const fenceOf = (line) => {
  const match = Fence.exec(line)
  return match && (match[2][0] === '~' || !match[3].includes('`')) ? match : null
}

/** @param {string[]} lines @param {number} at @returns {Found} */
function heading(lines, at) {
  const match = Heading.exec(lines[at])
  return match && [{ type: 'heading', line: at, level: match[1].length, text: (match[2] ?? '').replace(/^#+$/, '').trim() }, at + 1]
}

/** @param {string[]} lines @param {number} at @returns {Found} */
const rule = (lines, at) => Rule.test(lines[at]) ? [{ type: 'rule', line: at }, at + 1] : null

/** @param {string[]} lines @param {number} at @param {number} depth @returns {Found} */
function quote(lines, at, depth) {
  if (!Quote.test(lines[at])) return null
  /** @type {string[]} */
  const inside = []
  let next = at
  for (let inCode = false; next < lines.length; next++) {
    const isQuoted = Quote.test(lines[next])
    const line = lines[next].replace(Quote, '')
    if (!isQuoted && (inCode || !continues(inside.at(-1), line))) break
    if (isQuoted && fenceOf(line)) inCode = !inCode
    inside.push(isQuoted ? line : line.trimStart())
  }
  return [{ type: 'quote', line: at, blocks: parse(inside, depth + 1) }, next]
}

/** Whether a line continues the paragraph before it although it lacks the marks of the list or quote around it. */
const continues = (before, line) => Boolean(before?.trim()) && Boolean(line.trim()) && !interrupts(line)
  && !Heading.test(before) && !Rule.test(before) && !fenceOf(before)

/** @param {string[]} lines @param {number} at @param {number} depth @returns {Found} */
function list(lines, at, depth) {
  const first = Item.exec(lines[at])
  if (!first) return null
  const kind = first[2].at(-1)
  const isOrdered = /\d/.test(first[2])
  const items = []
  let isTight = true
  let next = at
  for (let isApart = false; next < lines.length;) {
    const match = Item.exec(lines[next])
    if (!match || match[2].at(-1) !== kind || Rule.test(lines[next])) break
    if (isApart) isTight = false
    const [, before, marker, space, text] = match
    const width = before.length + marker.length + (text && space.length <= 4 ? space.length : 1)
    const inside = [text && space.length > 4 ? space.slice(1) + text : text]
    const own = itemLines(lines, next + 1, width, inside)
    next = own.next
    isApart = own.isApart
    const blocks = parse(inside, depth + 1)
    if (blocks.some((block, place) => place > 0 && !inside[block.line - 1]?.trim())) isTight = false
    items.push({ blocks, task: taskOf(blocks) })
  }
  return [{ type: 'list', line: at, isOrdered, start: isOrdered ? parseInt(first[2], 10) : undefined, isTight, items }, next]
}

/** Collects the lines of an item, without their indent. Blank lines after it are not its own. */
function itemLines(lines, next, width, inside) {
  const indent = new RegExp(`^(?: {${width}}|\\t)`)
  let blanks = 0
  let inCode = Boolean(fenceOf(inside[0]))
  for (; next < lines.length; next++) {
    const line = lines[next]
    if (!line.trim()) {
      // An item that begins with a blank line has at most that one.
      if (inside.length === 1 && !inside[0]) return { next: next + 1, isApart: true }
      blanks++
      continue
    }
    const isOwn = indent.test(line)
    if (!isOwn && (blanks || inCode || Item.test(line) || !continues(inside.at(-1), line))) break
    inside.push(...Array(blanks).fill(''), isOwn ? line.replace(indent, '') : line.trimStart())
    if (fenceOf(inside.at(-1))) inCode = !inCode
    blanks = 0
  }
  return { next, isApart: blanks > 0 }
}

/** Takes the mark of a task from the text of an item. */
function taskOf(blocks) {
  const match = blocks[0]?.type === 'paragraph' && /^\[([ xX])\][ \t]+/.exec(blocks[0].text)
  if (!match) return null
  blocks[0].text = blocks[0].text.slice(match[0].length)
  return match[1] !== ' '
}

/** @param {string[]} lines @param {number} at @returns {Found} */
function table(lines, at) {
  const divider = lines[at + 1]
  if (!lines[at].includes('|') || divider === undefined || !Divider.test(divider) || !/[|:]/.test(divider)) return null
  const [head, marks] = [cells(lines[at]), cells(divider)]
  if (head.length !== marks.length) return null
  const rows = [head]
  let next = at + 2
  while (next < lines.length && lines[next].trim() && !interrupts(lines[next])) {
    const row = cells(lines[next++]).slice(0, head.length)
    rows.push([...row, ...Array(head.length - row.length).fill('')])
  }
  const align = marks.map((mark) => /^:-*:$/.test(mark) ? 'center' : mark.endsWith(':') ? 'right' : mark.startsWith(':') ? 'left' : null)
  return [{ type: 'table', line: at, rows, align }, next]
}

/** Splits a row at the bars that are not escaped. @param {string} line */
const cells = (line) => line.trim().replace(/^\||(?<!\\)\|$/g, '').split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))

/** Whether a line ends a paragraph. */
function interrupts(line) {
  const item = Item.exec(line)
  return Boolean(fenceOf(line)) || Heading.test(line) || Rule.test(line) || Quote.test(line)
    || Boolean(item && item[4] && (!/\d/.test(item[2]) || parseInt(item[2], 10) === 1))
}

/** @param {string[]} lines @param {number} at @param {number} depth @returns {[Block, number]} */
function paragraph(lines, at, depth) {
  const text = [lines[at].trimStart()]
  let next = at + 1
  for (; next < lines.length && lines[next].trim(); next++) {
    const underline = Underline.exec(lines[next])
    if (underline) return [{ type: 'heading', line: at, level: underline[1][0] === '=' ? 1 : 2, text: text.join('\n').trim() }, next + 1]
    if (depth < Deepest && interrupts(lines[next])) break
    text.push(lines[next].trimStart())
  }
  return [{ type: 'paragraph', line: at, text: text.join('\n').trimEnd() }, next]
}
