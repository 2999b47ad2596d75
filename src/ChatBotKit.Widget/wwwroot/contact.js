// @ts-check
// The form that asks a visitor for name and e-mail address before the first message.
import { h, wear } from './dom.js'
import { Refused } from './errors.js'

const Longest = '190'

const css = `
.contact { flex: none; display: grid; gap: 10px; padding: 14px 20px 18px; border-block-start: 1px solid var(--border); font-size: .9375em; }
.contact p { margin: 0; }
.contact #contact-title { font-weight: 600; }
.contact label span { display: block; margin-block-end: 3px; }
.contact input { inline-size: 100%; min-block-size: 40px; padding: 6px 12px; border: 1px solid var(--edge); border-radius: 10px; background: var(--surface); color: inherit; font: inherit; font-size: max(16px, 1em); }
.contact input[dir=ltr] { text-align: match-parent; }
.contact .solid[aria-disabled=true] { opacity: .6; cursor: default; }
:is([data-mode=page], [data-mode=inline]) .contact { inline-size: 100%; max-inline-size: 784px; margin-inline: auto; }
@media (pointer: coarse) { .contact :is(input, button) { min-block-size: 44px; } }
@media (forced-colors: active) { .contact input { border-color: CanvasText; } }
`

/**
 * Asks, unless this tab has asked already. Ends when the visitor may write.
 * @param {import('./session.js').Session} session
 * @param {import('./storage.js').Kept} kept
 * @param {import('./transcript.js').Scene} scene
 * @param {import('./conversation.js').View} view
 */
export async function askContact(session, kept, { host, strings, settings }, view) {
  if (kept.get('hasContact') || session.isClosed) return
  wear(host.shadowRoot, css)
  const { element, done } = contactForm(strings, settings.contact ?? {}, (contact) => session.post('contact/upsert', contact), view.warn)
  view.onForm(element)
  await done
  kept.set({ hasContact: true })
  view.onForm(null)
}

/**
 * Creates the form.
 * @param {Record<string, string>} strings
 * @param {{name?: string, email?: string}} known What the page knows of the visitor.
 * @param {(contact: {name?: string, email: string}) => Promise<unknown>} save
 * @param {(text: string) => void} warn
 * @returns {{element: HTMLFormElement, done: Promise<void>}} The promise ends when the visitor may go on.
 */
function contactForm(strings, known, save, warn) {
  const name = h('input', { type: 'text', autocomplete: 'name', maxlength: Longest, dir: 'auto', value: known.name })
  const email = h('input', { type: 'email', autocomplete: 'email', maxlength: Longest, dir: 'ltr', required: true, value: known.email })
  const problem = h('p', { class: 'note error', id: 'contact-problem', hidden: true })
  const button = h('button', { class: 'solid' }, strings.contactSend)
  /** @type {() => void} */
  let end
  const done = new Promise((resolve) => { end = () => resolve(undefined) })
  const submit = async () => {
    if (button.getAttribute('aria-disabled') === 'true') return
    button.setAttribute('aria-disabled', 'true')
    problem.hidden = true
    try {
      await save({ email: email.value.trim(), ...(name.value.trim() && { name: name.value.trim() }) })
      end()
    } catch (failure) {
      // The owner has verified a contact with this address, and only the owner may link it. The visitor need not know that.
      if (failure instanceof Refused && failure.status === 409) return end()
      problem.textContent = strings.contactFailed
      problem.hidden = false
      warn(strings.contactFailed)
      email.focus()
    } finally {
      button.removeAttribute('aria-disabled')
    }
  }
  const line = (label, input) => h('label', {}, h('span', {}, label), input)
  const element = h('form', { class: 'contact', part: 'contact', 'aria-labelledby': 'contact-title', onsubmit: (event) => { event.preventDefault(); submit() } },
    h('p', { id: 'contact-title' }, strings.contact), line(strings.contactName, name), line(strings.contactEmail, email), problem, button)
  email.setAttribute('aria-describedby', 'contact-problem')
  return { element, done }
}
