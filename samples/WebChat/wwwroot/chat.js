import { ask } from './answer.js'
import { Refused, Session } from './session.js'

const $ = (id) => document.getElementById(id)
let session = null

const reasons = {
  SESSION_REVOKED: 'This conversation was ended by the shop.',
  SESSION_EXPIRED: 'Your time in this conversation is over.',
}

$('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault()
  await fetch('/sign-in', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name: $('name').value }),
  })
  await start()
})

$('anew').addEventListener('click', start)

$('ask').addEventListener('submit', async (event) => {
  event.preventDefault()
  const text = $('text').value.trim()
  if (!text) return
  $('ask').reset()
  busy(true)
  show('user', text)
  const bubble = show('bot', '')
  bubble.classList.add('writing')
  try {
    await write(bubble, text)
  } catch (problem) {
    end(problem)
  } finally {
    bubble.classList.remove('writing')
    busy(false)
    $('text').focus()
  }
})

/** Opens a session and shows what was said before; asks for the sign-in when nobody is signed in. */
async function start() {
  session?.close()
  try {
    session = await Session.open()
    session.onEnd = end
    const { items } = await (await session.call('message/list?order=asc')).json()
    $('messages').replaceChildren()
    items.filter(({ type }) => type === 'user' || type === 'bot').forEach(({ type, text }) => show(type, text))
    page('chat')
    say('Connected')
  } catch (problem) {
    if (problem.status === 401 && !session) return page('sign-in')
    page('chat')
    end(problem)
  }
}

async function write(bubble, text) {
  for await (const event of ask(session, text, (isLost) => say(isLost ? 'Connection lost, coming back…' : 'Connected'))) {
    if (event.type === 'token') bubble.textContent += event.data.token
    if (event.type === 'result' && event.data.end?.reason === 'abort') bubble.dataset.note = 'The answer was cut short.'
    bubble.scrollIntoView({ block: 'end' })
  }
}

function show(who, text) {
  const item = document.createElement('li')
  item.className = who
  item.textContent = text
  $('messages').append(item)
  item.scrollIntoView({ block: 'end' })
  return item
}

function end(problem) {
  const isOver = problem instanceof Refused && problem.code in reasons
  say(isOver ? 'Ended' : 'Something went wrong')
  $('why').textContent = isOver ? reasons[problem.code] : problem.message
  $('over').hidden = false
  $('ask').hidden = isOver
  $('messages').lastElementChild?.scrollIntoView({ block: 'end' })
}

function page(id) {
  $('sign-in').hidden = id !== 'sign-in'
  $('chat').hidden = id !== 'chat'
  $('over').hidden = true
  $('ask').hidden = false
  $(id === 'chat' ? 'text' : 'name').focus()
}

const say = (text) => { $('status').textContent = text }

const busy = (is) => { for (const element of $('ask').elements) element.disabled = is }

await start()
