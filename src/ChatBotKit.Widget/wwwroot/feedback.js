// @ts-check
// The buttons with which a visitor votes on an answer.
import { iconButton } from './dom.js'

/** @param {HTMLElement} actions @param {Record<string, string>} strings @param {(value: 'up' | 'down') => void} vote */
export function addVotes(actions, strings, vote) {
  const buttons = /** @type {const} */ (['up', 'down']).map((value) => iconButton(value, value === 'up' ? strings.good : strings.bad, {
    'aria-pressed': 'false',
    onclick: (event) => {
      for (const button of buttons) button.setAttribute('aria-pressed', String(button === event.currentTarget))
      vote(value)
    },
  }))
  actions.append(...buttons)
}
