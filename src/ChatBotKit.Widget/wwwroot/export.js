// @ts-check
// The conversation as a text, for visitors who want to keep it.
import { h } from './dom.js'

/**
 * @param {'markdown' | 'text'} format
 * @param {import('./transcript.js').Message[]} messages
 * @param {Record<string, string>} strings
 */
export function transcriptAs(format, messages, strings) {
  const names = { user: strings.you, bot: strings.bot }
  return messages.map((message) => format === 'text'
    ? `${names[message.type]}: ${message.type === 'bot' ? message.plainText : message.text}` : `**${names[message.type]}**\n\n${message.text}`).join('\n\n')
}

/** Saves the conversation as a file. @param {import('./transcript.js').Message[]} messages @param {Record<string, string>} strings */
export function save(messages, strings) {
  const url = URL.createObjectURL(new Blob([transcriptAs('markdown', messages, strings)], { type: 'text/markdown' }))
  h('a', { href: url, download: 'chat.md' }).click()
  URL.revokeObjectURL(url)
}
