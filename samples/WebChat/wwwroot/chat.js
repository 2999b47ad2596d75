import { Answer } from './answer.js'
import { Refused, Session } from './session.js'
import { Transcript } from './transcript.js'

const $ = (id) => document.getElementById(id)
const transcript = new Transcript($('messages'), $('announcer'))
let session = null
let answer = null

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
  if (!text || answer) return
  $('ask').reset()
  const question = transcript.add('user', text)
  transcript.scrollToEnd()
  await show(Answer.of(session, text), question)
})

$('stop').addEventListener('click', () => answer?.stop().catch(end))

/** Opens a session and shows what was said before; asks for the sign-in when nobody is signed in. */
async function start() {
  session?.close()
  try {
    session = await Session.open()
    session.onEnd = end
    const runs = await list('run/list?state=running&order=asc')
    transcript.replace(await list('message/list?order=asc'))
    page('chat')
    transcript.scrollToEnd()
    say('Connected')
    // The page was reloaded, or opened in a second tab, in the middle of an answer.
    for (const run of runs) await show(Answer.following(session, run.id))
  } catch (problem) {
    if (problem.status === 401 && !session) return page('sign-in')
    page('chat')
    end(problem)
  }
}

const list = async (path) => (await (await session.call(path)).json()).items

/** Shows an answer while it is written. */
async function show(which, question) {
  answer = which
  answer.onConnection = (isLost) => say(isLost ? 'Connection lost, coming back…' : 'Connected')
  busy(true)
  transcript.announce('The answer is being written.')
  const bubble = transcript.add('bot', '')
  bubble.isWriting = true
  try {
    for await (const event of answer.events()) take(event, bubble, question)
    transcript.announce(bubble.text)
  } catch (problem) {
    end(problem)
  } finally {
    bubble.finish()
    if (!bubble.text) bubble.remove()
    answer = null
    busy(false)
  }
}

function take({ type, data }, bubble, question) {
  if (type === 'token') bubble.write(data.token)
  if (type === 'sendResult') {
    if (!question && !transcript.has(data.id)) transcript.add('user', data.text)
    transcript.keep(data.id)
  }
  if (type === 'message' && data.type === 'bot') {
    // The list of messages had it already.
    if (transcript.has(data.id)) bubble.clear()
    transcript.keep(data.id)
  }
  if (type === 'result' && data.end?.reason === 'abort') bubble.note = answer.isStopped ? 'You stopped the answer.' : 'The answer was cut short.'
}

function end(problem) {
  const isOver = problem instanceof Refused && problem.code in reasons
  say(isOver ? 'Ended' : 'Something went wrong')
  $('why').textContent = isOver ? reasons[problem.code] : problem.message
  $('over').hidden = false
  $('ask').hidden = isOver
  transcript.scrollToEnd()
}

function page(id) {
  $('sign-in').hidden = id !== 'sign-in'
  $('chat').hidden = id !== 'chat'
  $('over').hidden = true
  $('ask').hidden = false
  $(id === 'chat' ? 'text' : 'name').focus()
}

const say = (text) => { $('status').textContent = text }

/** One of the two buttons is there: the one that is of use. The focus goes along. */
function busy(is) {
  $('send').hidden = is
  $('stop').hidden = !is
  if (!is && !$('ask').hidden) $('text').focus()
}

await start()
