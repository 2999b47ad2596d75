// @ts-check
// The chat page: the element fills the window, and the address may bring the first question along.
import './chat.js'

const chat = /** @type {any} */ (document.querySelector('chatbotkit-chat'))
const question = new URLSearchParams(location.search).get('q')
// It is only written into the field: a link must never send something in the name of the visitor.
if (question) chat.setDraft(question)
