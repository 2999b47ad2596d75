// @ts-check
// Texts on a colour that the owner chose.

const Enough = 4.5

/** Chooses the text on the accent colour, unless the page did, and warns about one that can't be read. @param {HTMLElement} dock @param {HTMLElement} sample */
export function contrastOf(dock, sample) {
  const { backgroundColor, color } = getComputedStyle(sample)
  const back = luminance(backgroundColor)
  if (back === null) return
  const isLight = back > 0.18
  if (getComputedStyle(dock).getPropertyValue('--cbk-accent') && !getComputedStyle(dock).getPropertyValue('--cbk-on-accent')) {
    dock.style.setProperty('--chosen-on-accent', isLight ? '#111' : '#fff')
    return
  }
  const text = luminance(color)
  const ratio = text === null ? Enough : (Math.max(back, text) + 0.05) / (Math.min(back, text) + 0.05)
  if (ratio < Enough) console.warn(`<chatbotkit-chat>: --cbk-on-accent on --cbk-accent has a contrast of ${ratio.toFixed(1)}; people need ${Enough}.`)
}

/** The relative luminance of WCAG 2; null for a colour that is not RGB. */
function luminance(color) {
  const parts = /^rgba?\((\d+), (\d+), (\d+)/.exec(color)?.slice(1).map((part) => {
    const value = Number(part) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return parts ? 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] : null
}
