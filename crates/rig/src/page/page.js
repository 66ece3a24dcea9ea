// Shows what runs, and flips the switches.
import { WORDS } from './words.js'

const LANGUAGE = 'linli-demo-language'
const language = () => (localStorage.getItem(LANGUAGE) === 'en' ? 'en' : 'zh-CN')
const word = (key) => WORDS[language()][key]
const at = (id) => document.getElementById(id)

/** Phones on the page by name: their section and the address in their frame. */
const shown = new Map()
let last = null

async function ask(path, method = 'GET') {
  const answer = await fetch(`/stage${path}`, { method })
  if (answer.status === 503) return null
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}

function add(name) {
  const section = at('phone').content.cloneNode(true).querySelector('section')
  section.id = `phone-${name}`
  section.querySelector('.switch').addEventListener('click', async (event) => {
    const button = event.currentTarget
    button.disabled = true
    const up = button.getAttribute('aria-checked') === 'true'
    try {
      show(await ask(`/phones/${name}/${up ? 'cut' : 'restore'}`, 'POST'))
    } finally {
      button.disabled = false
    }
  })
  at('phones').append(section)
  const phone = { section, url: null }
  shown.set(name, phone)
  return phone
}

/** The phones listen on the name this page was opened under, through a tunnel too. */
function reachable(url) {
  const address = new URL(url)
  address.hostname = location.hostname
  return address.href
}

function showPhone({ name, url, link }) {
  const phone = shown.get(name) ?? add(name)
  const { section } = phone
  section.querySelector('h2').textContent = word(name)
  section.querySelector('.whose').textContent = url ? word(`${name}Whose`) : word('asleep')
  section.classList.toggle('cut', !link)
  const flip = section.querySelector('.switch')
  flip.setAttribute('aria-checked', String(link))
  flip.setAttribute('aria-label', `${word(name)}: ${word(link ? 'flipCut' : 'flipUp')}`)
  flip.querySelector('.state').textContent = word(link ? 'up' : 'cut')
  const frame = section.querySelector('iframe')
  frame.title = word(name)
  // Only when it changed: setting it anew would reload the phone's screen.
  if (url && phone.url !== url) frame.src = reachable(url)
  phone.url = url
}

function trouble(key) {
  at('trouble').hidden = !key
  at('trouble').textContent = key ? word(key) : ''
}

function show(stage) {
  trouble(stage ? null : 'starting')
  if (!stage) return
  last = stage
  stage.phones.forEach(showPhone)
}

function translate() {
  document.documentElement.lang = language()
  document.title = word('title')
  for (const part of document.querySelectorAll('[data-word]')) part.textContent = word(part.dataset.word)
  if (last) show(last)
}

async function look() {
  try {
    show(await ask(''))
  } catch {
    trouble('gone')
  }
  setTimeout(look, 2000)
}

at('language').addEventListener('click', () => {
  localStorage.setItem(LANGUAGE, language() === 'en' ? 'zh-CN' : 'en')
  translate()
})
translate()
look()
