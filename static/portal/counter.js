// Under a text with a bound, say how much of it is written; who cannot see is told only when the bound comes near.
const NEAR = 0.9

export function written(text, most) {
  const count = [...text.replace(/\r\n/g, '\n').trim()].length
  return { count, near: count >= most * NEAR, over: count > most }
}

function watch(field) {
  const most = Number(field.dataset.most)
  const shown = document.createElement('p'), told = document.createElement('p')
  shown.className = 'counter'
  shown.setAttribute('aria-hidden', 'true')
  told.className = 'visually-hidden'
  told.setAttribute('role', 'status')
  field.after(shown, told)
  let later
  const look = () => {
    const { count, near, over } = written(field.value, most)
    shown.textContent = `\u2066${count} / ${most}\u2069`
    shown.classList.toggle('counter--over', over)
    clearTimeout(later)
    later = setTimeout(() => { told.textContent = near ? `${count} / ${most}` : '' }, 1000)
  }
  field.addEventListener('input', look)
  look()
}

if (typeof document !== 'undefined') document.querySelectorAll('[data-most]').forEach(watch)
