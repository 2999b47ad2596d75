// The script of the official embed snippet. It is no module, so that it finds its own tag with the settings.
(() => {
  const script = document.currentScript
  /** @type {any} */
  let instance = null
  const instancePromise = import(new URL('../../widget/v1/official.js', script.src).href).then(() => {
    if (!script.dataset.widget) return new Promise(() => {})
    instance = document.createElement('chatbotkit-widget')
    for (const [name, value] of Object.entries(script.dataset)) instance.setAttribute(name, value)
    document.body.append(instance)
    return instance
  })
  window.chatbotkitWidget = { get instance() { return instance }, get instancePromise() { return instancePromise } }
})()
