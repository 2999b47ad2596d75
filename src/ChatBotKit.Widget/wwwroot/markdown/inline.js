// @ts-check
// The inside of a paragraph as nodes: emphasis, code, links. HTML is text.
import { h } from '../dom.js'

/**
 * @typedef {object} Context
 * @property {boolean} isOpen Whether more text may follow. Markup that is still open is shown as if it were closed.
 * @property {(url: string) => string | null} link Returns the address to link to; null for text.
 * @property {(url: string) => boolean} isImageShown
 * @property {(code: string, language: string) => Node | null} highlight
 * @property {Record<string, string>} strings
 *
 * @typedef {{node: Node} | {text: string} | {mark: string, count: number, opens: boolean, closes: boolean, isSafe: boolean} | {bracket: '[' | '![', at: number, isDead: boolean} | {tag: string, inside: Piece[]}} Piece
 */

const Special = /[\\`*_~[\]!<&\n]|https?:\/\//g
const Punctuation = /[!-/:-@[-`{-~\p{P}\p{S}]/u
const Escaped = /[!-/:-@[-`{-~]/
const Destination = /^\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*))(?:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?\s*\)/s
const HalfDestination = /^\([^\n)]*$/
const Auto = /^<([a-z][a-z0-9+.-]{1,31}:[^\s<>]*)>/i
const Mail = /^<([\w.+-]+@[\w-]+(?:\.[\w-]+)+)>/
const Bare = /^https?:\/\/[^\s<>"`]+/i
const Entity = /^&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,8}));/i
/** @type {Record<string, string>} */
const Entities = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'', nbsp: '\u00a0', copy: '©', reg: '®', hellip: '…', mdash: '—', ndash: '–', euro: '€', rarr: '→', larr: '←', times: '×',
}

/** The largest number of marks in a paragraph; one with more is shown as it is. */
const MostMarks = 1500
const DeepestLink = 10

/** Returns the nodes of a text. @param {string} text @param {Context} context @returns {Node[]} */
export const inline = (text, context) => nodes(emphasize(scan(text, context), context.isOpen))

/** @returns {Piece[]} */
function scan(text, context, depth = 0) {
  /** @type {Piece[]} */
  const pieces = []
  let plain = ''
  let at = 0
  let marks = 0
  const flush = () => {
    if (plain) pieces.push({ text: plain })
    plain = ''
  }
  const add = (piece) => { flush(); pieces.push(piece) }
  while (at < text.length) {
    Special.lastIndex = at
    const found = Special.exec(text)
    const next = found ? found.index : text.length
    plain += text.slice(at, next)
    at = next
    if (!found) break
    const rest = text.slice(at, at + 4096)
    const sign = text[at]
    let match
    if (++marks > MostMarks) {
      plain += text.slice(at)
      break
    }
    if (sign === '\\') {
      if (text[at + 1] === '\n') add({ node: h('br') })
      else plain += Escaped.test(text[at + 1] ?? '') ? text[at + 1] : '\\' + (text[at + 1] ?? '')
      at += 2
    } else if (sign === '\n') {
      if (/ {2,}$/.test(plain)) {
        plain = plain.replace(/ +$/, '')
        add({ node: h('br') })
      } else {
        plain = plain.replace(/ +$/, '') + '\n'
      }
      at += 1
    } else if (sign === '`') {
      at = code(at)
    } else if (sign === '*' || sign === '_' || sign === '~') {
      at = mark(at, sign)
    } else if (sign === '[' || (sign === '!' && text[at + 1] === '[')) {
      add({ bracket: sign === '[' ? '[' : '![', at: at + (sign === '[' ? 1 : 2), isDead: false })
      at += sign === '[' ? 1 : 2
    } else if (sign === ']') {
      at = close(at)
    } else if (sign === '<' && (match = Auto.exec(rest) ?? Mail.exec(rest))) {
      const isMail = !match[1].includes(':')
      const url = context.link(isMail ? `mailto:${match[1]}` : match[1])
      if (url) add({ node: anchor(url, [match[1]], context) })
      else plain += match[0]
      at += match[0].length
    } else if (sign === '&' && (match = Entity.exec(rest))) {
      plain += entity(match) ?? match[0]
      at += match[0].length
    } else if (sign === 'h') {
      at = bare(at)
    } else {
      plain += sign
      at += 1
    }
  }
  flush()
  return pieces

  function code(start) {
    const ticks = /^`+/.exec(text.slice(start))?.[0] ?? '`'
    const from = start + ticks.length
    for (let to = text.indexOf(ticks, from); to >= 0; to = text.indexOf(ticks, to)) {
      const run = /^`+/.exec(text.slice(to))?.[0].length ?? 1
      if (run === ticks.length) {
        add({ node: h('code', {}, codeText(text.slice(from, to))) })
        return to + run
      }
      to += run
    }
    if (context.isOpen && !depth) {
      if (from < text.length) add({ node: h('code', {}, codeText(text.slice(from).replace(/`+$/, ''))) })
      return text.length
    }
    plain += ticks
    return from
  }

  function mark(start, sign) {
    let end = start
    while (text[end] === sign) end++
    const before = start ? text[start - 1] : ' '
    const after = text[end] ?? ' '
    const [isSpaceBefore, isSpaceAfter] = [/\s/.test(before), /\s/.test(after)]
    const [isMarkBefore, isMarkAfter] = [Punctuation.test(before), Punctuation.test(after)]
    const left = !isSpaceAfter && (!isMarkAfter || isSpaceBefore || isMarkBefore)
    const right = !isSpaceBefore && (!isMarkBefore || isSpaceAfter || isMarkAfter)
    const isHalf = context.isOpen && !depth && end === text.length
    if (sign === '~' && end - start !== 2) plain += isHalf ? '' : text.slice(start, end)
    else {
      add({
        mark: sign, count: end - start, isSafe: isSpaceBefore || isMarkBefore,
        opens: (left || isHalf) && (sign !== '_' || !right || isMarkBefore), closes: right && (sign !== '_' || !left || isMarkAfter),
      })
    }
    return end
  }

  function bare(start) {
    const isWord = start > 0 && /\w/.test(text[start - 1])
    let url = Bare.exec(text.slice(start, start + 4096))?.[0] ?? 'h'
    if (isWord || url.length < 10) {
      plain += 'h'
      return start + 1
    }
    const isHalf = context.isOpen && start + url.length === text.length
    url = url.replace(/[\]}*_~]+$/, '').replace(/[?!.,:;*_~'"]+$/, '')
    while (url.endsWith(')') && url.split(')').length > url.split('(').length) url = url.slice(0, -1)
    const safe = isHalf ? null : context.link(url)
    if (safe) add({ node: anchor(safe, [url], context) })
    else plain += url
    return start + url.length
  }

  function close(start) {
    flush()
    let place = pieces.length - 1
    while (place >= 0 && !('bracket' in pieces[place])) place--
    /** @type {any} */
    const opener = pieces[place]
    if (!opener) {
      plain += ']'
      return start + 1
    }
    const tail = text.slice(start + 1, start + 1 + 4096)
    const match = opener.isDead ? null : Destination.exec(tail)
    const isHalf = !match && !opener.isDead && context.isOpen && !depth && HalfDestination.test(tail) && start + 1 + tail.length === text.length
    if (!match && !isHalf) {
      pieces[place] = { text: opener.bracket }
      plain += ']'
      return start + 1
    }
    const inside = pieces.splice(place).slice(1)
    const label = text.slice(opener.at, start)
    if (isHalf) {
      pieces.push(...inside)
      return text.length
    }
    const address = unescape(match?.[1] ?? match?.[2] ?? '')
    const isImage = opener.bracket === '!['
    const url = context.link(address)
    if (!url) {
      plain += text.slice(opener.at - opener.bracket.length, start + 1 + (match?.[0].length ?? 0))
    } else if (isImage && context.isImageShown(url)) {
      pieces.push({ node: h('img', { src: url, alt: label, loading: 'lazy', referrerpolicy: 'no-referrer' }) })
    } else {
      const content = depth < DeepestLink ? nodes(emphasize(inside, false)) : [label]
      pieces.push({ node: anchor(url, content.length ? content : [address], context) })
      // A link holds no other link.
      if (!isImage) for (const piece of pieces) if ('bracket' in piece && piece.bracket === '[') piece.isDead = true
    }
    return start + 1 + (match?.[0].length ?? 0)
  }
}

/** Finds the pairs of marks, as CommonMark's delimiter algorithm does. @param {Piece[]} pieces @param {boolean} isOpen @returns {Piece[]} */
function emphasize(pieces, isOpen) {
  /** @type {Piece[]} */
  const done = []
  for (const piece of pieces) {
    if (!('mark' in piece)) {
      done.push(piece)
      continue
    }
    while (piece.closes && piece.count) {
      const place = opener(done, piece)
      if (place < 0) break
      /** @type {any} */
      const from = done[place]
      const used = piece.mark === '~' || (from.count > 1 && piece.count > 1) ? 2 : 1
      const inside = done.splice(place + 1)
      from.count -= used
      piece.count -= used
      if (!from.count) done.splice(place, 1)
      done.push({ tag: piece.mark === '~' ? 'del' : used === 2 ? 'strong' : 'em', inside })
    }
    if (piece.count) done.push(piece)
  }
  if (isOpen) closeAll(done)
  return done
}

function opener(done, closer) {
  for (let place = done.length - 1; place >= 0; place--) {
    const piece = done[place]
    if (!piece.mark || piece.mark !== closer.mark || !piece.opens) continue
    const isOdd = (piece.closes || closer.opens) && (piece.count + closer.count) % 3 === 0 && (piece.count % 3 !== 0 || closer.count % 3 !== 0)
    if (!isOdd) return place
  }
  return -1
}

/** Treats marks without an end as if their end came after the text, and hides one that has just begun. */
function closeAll(done) {
  for (let place = done.length - 1; place >= 0; place--) {
    const piece = done[place]
    if (!piece.mark || !piece.opens) continue
    if (place === done.length - 1) done.pop()
    else if (piece.isSafe) {
      const inside = done.splice(place + 1)
      const tag = piece.mark === '~' ? 'del' : piece.count > 1 ? 'strong' : 'em'
      done.splice(place, 1, { tag, inside: piece.count > 2 ? [{ tag: 'em', inside }] : inside })
    }
  }
}

/** @param {Piece[]} pieces @returns {Node[]} */
function nodes(pieces) {
  /** @type {Node[]} */
  const result = []
  let text = ''
  const flush = () => { if (text) result.push(document.createTextNode(text)); text = '' }
  for (const piece of pieces) {
    if ('text' in piece) text += piece.text
    else if ('mark' in piece) text += piece.mark.repeat(piece.count)
    else if ('bracket' in piece) text += piece.bracket
    else {
      flush()
      result.push('node' in piece ? piece.node : h(piece.tag, {}, ...nodes(piece.inside)))
    }
  }
  flush()
  return result
}

const anchor = (url, content, context) => h('a', { href: url, target: '_blank', rel: 'noopener noreferrer nofollow' },
  ...content, h('span', { class: 'unseen' }, ` ${context.strings.newTab}`))

const codeText = (text) => {
  const flat = text.replaceAll('\n', ' ')
  return /^ .*[^ ].* $|^ [^ ] $/.test(flat) ? flat.slice(1, -1) : flat
}

const unescape = (text) => text.replace(/\\([!-/:-@[-`{-~])/g, '$1').replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,8}));/gi, (whole, ...parts) => entity([whole, ...parts]) ?? whole)

function entity([, decimal, hex, name]) {
  if (name) return Entities[name]
  const code = parseInt(decimal ?? hex, decimal ? 10 : 16)
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : '\ufffd'
}
