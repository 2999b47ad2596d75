// The page of the web chat sample, while bad things happen to it.
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'

const { CHROMIUM, CHATBOTKIT_URL, CHATBOTKIT_SECRET, SITE_URL, CONTROL_URL, SCREENSHOTS } = process.env

const control = async (what) => assert.equal((await fetch(`${CONTROL_URL}/${what}`, { method: 'POST' })).status, 200)

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
})
try {
  const tab = await browser.newPage({ viewport: { width: 900, height: 800 } })
  tab.setDefaultTimeout(120_000)
  const problems = []
  tab.on('pageerror', (error) => problems.push(error.message))
  // The grants that the page asked for since it was loaded: an answer to the page before it may still come.
  let grants = []
  const listOf = new WeakMap()
  tab.on('framenavigated', () => { grants = [] })
  tab.on('request', (request) => {
    if (request.url().endsWith('/chat/session')) listOf.set(request, grants)
  })
  tab.on('response', async (response) => {
    const list = listOf.get(response.request())
    if (!list || !response.ok()) return
    // The body of an answer to the page before is gone with that page.
    const grant = await response.json().catch((problem) => { if (list === grants) throw problem })
    if (grant) list.push(grant)
  })
  const photo = async (name) => SCREENSHOTS && tab.screenshot({ path: `${SCREENSHOTS}/${name}.png` })

  const say = async (text) => {
    await tab.locator('chatbotkit-chat').getByRole('textbox').fill(text)
    await tab.keyboard.press('Enter')
  }
  /** Waits until the last answer reads so, and is whole or still being written. */
  const reads = (text, isWriting) => tab.waitForFunction(
    ([text, isWriting]) => {
      const last = [...document.querySelector('chatbotkit-chat').shadowRoot.querySelectorAll('li.bot')].at(-1)
      return last?.querySelector('.text').textContent === text && last.classList.contains('writing') === isWriting
    },
    [text, isWriting])

  // A visitor signs in and chats.
  await tab.goto(SITE_URL)
  await tab.locator('#name').waitFor()
  await photo('sign-in')
  await tab.locator('#name').fill('Ada')
  await tab.locator('#sign-in button').click()
  await say('Hello')
  await reads('Good day.', false)

  // The page is reloaded in the middle of an answer: it shows the answer going on, and each message once.
  await say('Count slowly')
  await reads('one two', true)
  await photo('writing')
  await tab.reload()
  await reads('one two', true)
  await control('go-on')
  await reads('one two three four', false)
  assert.equal(await tab.locator('li.message').count(), 4)

  // The server is restarted in the middle of an answer: what was said stays, and the same session goes on.
  await say('Count slowly')
  await reads('one two', true)
  await control('restart')
  await tab.getByText('The answer was cut short.').waitFor()
  await say('Are you back?')
  await reads('Good day.', false)
  assert.equal(new Set(grants.map((grant) => grant.sessionId)).size, 1)

  // The session is revoked: the page says so, and offers to start anew.
  await say('Count slowly')
  await reads('one two', true)
  const { conversationId, sessionId } = grants.at(-1)
  const revoked = await fetch(new URL(`/v1/conversation/${conversationId}/session/${sessionId}/revoke`, CHATBOTKIT_URL), {
    method: 'POST', body: '{}', headers: { Authorization: `Bearer ${CHATBOTKIT_SECRET}`, 'Content-Type': 'application/json' },
  })
  assert.equal(revoked.status, 200)
  await tab.getByText('This conversation was ended.').first().waitFor()
  assert.equal(await tab.getByRole('textbox').isVisible(), false)
  await photo('revoked')
  await control('go-on')
  await tab.getByRole('button', { name: 'Start anew' }).click()
  await say('Hello again')
  await reads('Good day.', false)
  assert.notEqual(grants.at(-1).sessionId, sessionId)

  // A visitor who returns later finds the conversation.
  await tab.goto(SITE_URL)
  await tab.locator('li.user', { hasText: 'Hello again' }).waitFor()
  assert.deepEqual(problems, [])
} finally {
  await browser.close()
}
