// Reads words aloud where the system has a voice for the language; nowhere is a button shown that stays silent.
import { onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'

/** Something that can read aloud. */
export interface Speaker {
  /** There is a voice. */
  able: Ref<boolean>
  speaking: Ref<boolean>
  say(text: string): void
  stop(): void
}

/** The voice for a language among those the system has: the exact one first, then any of the language. */
export function voiceFor<V extends { lang: string }>(voices: readonly V[], language: string): V | undefined {
  const plain = (tag: string) => tag.replace('_', '-').toLowerCase()
  const wanted = plain(language)
  const base = wanted.split('-')[0] ?? wanted
  // Chinese voices are also called cmn; Cantonese reads other words than were written.
  const bases = base === 'zh' ? ['zh', 'cmn'] : [base]
  const fits = voices.filter((voice) => bases.includes(plain(voice.lang).split('-')[0] ?? ''))
  return fits.find((voice) => plain(voice.lang) === wanted) ?? fits.find((voice) => !/hk|yue/.test(plain(voice.lang)))
}

/** The system's own speech. Voices may arrive late; the button comes with them. */
export function useSpeaker(language: () => string): Speaker {
  const able = ref(false)
  const speaking = ref(false)
  const speech = 'speechSynthesis' in window ? window.speechSynthesis : null

  const look = () => (able.value = !!speech && voiceFor(speech.getVoices(), language()) !== undefined)
  const stop = () => {
    if (speech) speech.cancel()
    speaking.value = false
  }
  look()
  if (speech && speech.addEventListener) speech.addEventListener('voiceschanged', look)
  onScopeDispose(() => {
    if (speech && speech.removeEventListener) speech.removeEventListener('voiceschanged', look)
    stop()
  })

  return {
    able,
    speaking,
    stop,
    say(text) {
      const voice = speech ? voiceFor(speech.getVoices(), language()) : undefined
      if (!speech || !voice) return
      speech.cancel()
      const words = new SpeechSynthesisUtterance(text)
      words.voice = voice
      words.lang = voice.lang
      // A little slower than newsreaders.
      words.rate = 0.9
      words.onend = words.onerror = () => (speaking.value = false)
      speaking.value = true
      speech.speak(words)
    },
  }
}
