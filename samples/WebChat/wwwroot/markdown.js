// Markdown as nodes of the page. Nothing is ever parsed as HTML, so an answer can't bring a script or an image with it.

const SafeLink = /^(https?:|mailto:)/i
const Marks = /(`+)(.+?)\1|(\*\*|__)(?=\S)(.+?)\3|(?<![\w*])([*_])(?=\S)(.+?)\5(?![\w*])|!?\[([^\]]+)\]\(([^\s)]+)\)|(https?:\/\/[^\s<>()]+[^\s<>().,;:!?])/s
const Fence = /^ {0,3}```/
const Heading = /^ {0,3}#{1,6} +(.*?)#*$/
const Bullet = /^ {0,3}[-*+] +(.*)$/
const Number = /^ {0,3}\d{1,9}[.)] +(.*)$/

/** The blocks of a text: paragraphs, headings, lists and code. Half a text is fine; what is not closed yet stays as it is. */
export function render(text) {
  const blocks = document.createDocumentFragment()
  const rows = text.replaceAll('\r\n', '\n').split('\n')
  while (rows.length) {
    if (!rows[0].trim()) rows.shift()
    else blocks.append(code(rows) ?? heading(rows) ?? list(rows, 'ul', Bullet) ?? list(rows, 'ol', Number) ?? paragraph(rows))
  }
  return blocks
}

function code(rows) {
  if (!Fence.test(rows[0])) return null
  rows.shift()
  const end = rows.findIndex((row) => Fence.test(row))
  const inside = rows.splice(0, end < 0 ? rows.length : end)
  rows.shift()
  // Long lines scroll, also by keyboard.
  return node('pre', { tabIndex: 0 }, node('code', {}, inside.join('\n')))
}

function heading(rows) {
  const match = Heading.exec(rows[0])
  if (!match) return null
  rows.shift()
  return node('p', { className: 'heading' }, ...inline(match[1]))
}

function list(rows, tag, mark) {
  if (!mark.test(rows[0])) return null
  const items = []
  while (rows.length && mark.test(rows[0])) {
    const lines = [mark.exec(rows.shift())[1]]
    while (rows.length && /^ {2,}\S/.test(rows[0]) && !Bullet.test(rows[0]) && !Number.test(rows[0])) lines.push(rows.shift().trim())
    items.push(node('li', {}, ...inline(lines.join('\n'))))
  }
  return node(tag, {}, ...items)
}

function paragraph(rows) {
  const lines = [rows.shift()]
  while (rows.length && rows[0].trim() && ![Fence, Heading, Bullet, Number].some((mark) => mark.test(rows[0]))) lines.push(rows.shift())
  return node('p', {}, ...inline(lines.join('\n')))
}

function inline(text) {
  const match = Marks.exec(text)
  if (!match) return text ? [text] : []
  const [whole, , inCode, , strong, , emphasis, label, target, address] = match
  const rest = text.slice(match.index + whole.length)
  return [...(match.index ? [text.slice(0, match.index)] : []), piece(), ...inline(rest)]

  function piece() {
    if (inCode) return node('code', {}, inCode)
    if (strong) return node('strong', {}, ...inline(strong))
    if (emphasis) return node('em', {}, ...inline(emphasis))
    if (address) return link(address, [address])
    return SafeLink.test(target) ? link(target, inline(label)) : whole
  }
}

const link = (href, content) => node('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, ...content)

function node(tag, properties, ...content) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...content)
  return element
}
