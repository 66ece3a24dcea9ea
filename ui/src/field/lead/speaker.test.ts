import { describe, expect, it } from 'vitest'
import { voiceFor } from './speaker'

const voices = (...langs: string[]) => langs.map((lang) => ({ lang }))

describe('a voice for the language', () => {
  it('is the exact one before another of the same language', () => {
    expect(voiceFor(voices('en-US', 'zh-TW', 'zh-CN'), 'zh-CN')?.lang).toBe('zh-CN')
    expect(voiceFor(voices('en-GB'), 'en')?.lang).toBe('en-GB')
  })
  it('knows Android’s and other ways to write it', () => {
    expect(voiceFor(voices('zh_CN'), 'zh-CN')?.lang).toBe('zh_CN')
    expect(voiceFor(voices('cmn-Hans-CN'), 'zh-CN')?.lang).toBe('cmn-Hans-CN')
  })
  it('is none rather than a wrong one', () => {
    expect(voiceFor(voices('en-US', 'zh-HK'), 'zh-CN')).toBeUndefined()
    expect(voiceFor([], 'zh-CN')).toBeUndefined()
  })
})
