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
    await tab.locator('#text').fill(text)
    await tab.locator('#send').click()
  }
  /** Waits until the last answer reads so, and is whole or still being written. */
  const reads = (text, isWriting) => tab.waitForFunction(
    ([text, isWriting]) => {
      const last = [...document.querySelectorAll('li.bot')].at(-1)
      return last?.querySelector('.text').textContent === text && last.classList.contains('writing') === isWriting
    },
    [text, isWriting])
  const askSlowly = async () => {
    await say('Count slowly')
    await reads('one two ', true)
  }

  // Somebody signs in and chats.
  await tab.goto(`${SITE_URL}/?renew=1`)
  await photo('sign-in')
  await tab.locator('#name').fill('Ada')
  await tab.locator('#sign-in button').click()
  await say('Hello')
  await reads('Good day.', false)

  // The token is renewed before it ends, in the same session.
  await tab.waitForResponse((response) => response.url().endsWith('/chat/session'))
  await say('Still there?')
  await reads('Good day.', false)
  assert.ok(grants.length >= 2)
  assert.equal(new Set(grants.map((grant) => grant.sessionId)).size, 1)
  assert.equal(new Set(grants.map((grant) => grant.token)).size, grants.length)

  // The connection is cut in the middle of an answer: it goes on after the last word.
  await askSlowly()
  await photo('writing')
  await control('cut')
  await tab.waitForFunction(() => document.getElementById('status').textContent.startsWith('Connection lost'))
  await control('go-on')
  await reads('one two three four', false)

  // The page is reloaded in the middle of an answer: it shows the answer going on, and each message once.
  const before = await tab.locator('#messages > li').count()
  await askSlowly()
  // A page that was reloaded has a session of its own.
  await tab.reload()
  await reads('one two ', true)
  await control('go-on')
  await reads('one two three four', false)
  assert.equal(await tab.locator('#messages > li').count(), before + 2)

  // The answer is stopped: what was written stays.
  await askSlowly()
  await tab.locator('#stop').click()
  await tab.locator('li.bot small', { hasText: 'You stopped the answer.' }).waitFor()
  await reads('one two ', false)
  await control('go-on')

  // Markdown becomes elements, and what is dangerous in it stays text.
  await say('Show a list')
  const list = tab.locator('li.bot').last()
  await list.locator('ul > li').nth(1).waitFor()
  assert.equal(await list.locator('ul > li').count(), 2)
  assert.equal(await list.locator('strong').textContent(), 'bold')
  assert.equal(await list.locator('pre code').textContent(), 'let a = 1 < 2')
  assert.deepEqual(await list.locator('a').evaluateAll((links) => links.map((link) => link.href)), ['https://shop.example/', 'https://elsewhere.example/x.png'])
  assert.equal(await list.locator('img, script').count(), 0)
  await photo('markdown')

  // Somebody who listens hears who speaks, and an answer once, when it is whole.
  const spoken = await tab.locator('#messages > li .unseen').allTextContents()
  assert.deepEqual([...new Set(spoken)], ['You said:', 'The shop said:'])
  assert.equal(await tab.locator('#messages').getAttribute('aria-live'), null)
  await tab.waitForFunction(() => document.getElementById('announcer').textContent.includes('bold'))
  assert.equal(await tab.getByRole('textbox', { name: 'Your question' }).count(), 1)

  // The server is restarted in the middle of an answer: what was said stays, and the same session goes on.
  await askSlowly()
  await control('restart')
  await reads('one two ', false)
  assert.equal(await tab.locator('li.bot small').last().textContent(), 'The answer was cut short.')
  await say('Are you back?')
  await reads('Good day.', false)
  assert.equal(new Set(grants.map((grant) => grant.sessionId)).size, 1)

  // The session is revoked in the middle of an answer: the page says so, and offers to start anew.
  await askSlowly()
  const { conversationId, sessionId } = grants.at(-1)
  const revoked = await fetch(new URL(`/v1/conversation/${conversationId}/session/${sessionId}/revoke`, CHATBOTKIT_URL), {
    method: 'POST', body: '{}', headers: { Authorization: `Bearer ${CHATBOTKIT_SECRET}`, 'Content-Type': 'application/json' },
  })
  assert.equal(revoked.status, 200)
  await tab.locator('#over').waitFor()
  assert.match(await tab.locator('#why').textContent(), /ended by the shop/)
  assert.equal(await tab.locator('#ask').isVisible(), false)
  await photo('revoked')
  await control('go-on')
  await tab.locator('#anew').click()
  await tab.locator('#ask').waitFor()
  await say('Hello again')
  await reads('Good day.', false)
  assert.notEqual(grants.at(-1).sessionId, sessionId)
  await photo('anew')

  // Who comes back later finds what was said.
  await tab.goto(SITE_URL)
  await tab.locator('li.user', { hasText: 'Hello again' }).waitFor()

  // A device whose clock is two hours ahead renews its token when a token of an hour is nearly over, and not before.
  const late = await browser.newPage({ storageState: await tab.context().storageState() })
  let asked = 0
  late.on('request', (request) => { if (request.url().endsWith('/chat/session')) asked++ })
  await late.clock.install({ time: Date.now() + 2 * 60 * 60 * 1000 })
  await late.goto(SITE_URL)
  await late.locator('li.user', { hasText: 'Hello again' }).waitFor()
  await late.clock.runFor('58:30')
  assert.equal(asked, 1)
  const renewed = late.waitForResponse((response) => response.url().endsWith('/chat/session'))
  await late.clock.runFor('01:00')
  await renewed
  assert.equal(asked, 2)
  assert.deepEqual(problems, [])
} finally {
  await browser.close()
}
