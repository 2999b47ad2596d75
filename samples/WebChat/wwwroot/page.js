// The sign-in of this app. Everything else of the chat is in the element.
const chat = document.querySelector('chatbotkit-chat')
const form = document.getElementById('sign-in')

document.addEventListener('cbk-session', ({ detail }) => {
  form.hidden = detail.state !== 'sign-in'
  chat.hidden = !form.hidden
  if (!form.hidden) document.getElementById('name').focus()
})

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  await fetch('/sign-in', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name: document.getElementById('name').value }),
  })
  await chat.retry()
  await chat.ready
  await chat.focusComposer()
})
