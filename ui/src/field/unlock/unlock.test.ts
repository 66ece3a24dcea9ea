import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { part, refuse, requests, show, status, tap } from '../testing/fakePhone'
import UnlockScreen from './UnlockScreen.vue'

const locked = { path: '/unlock', status: status({ boot: 'locked', me: null }) }

describe('the lock', () => {
  it('opens with the PIN typed on the keys', async () => {
    await show(UnlockScreen, { unlock: () => status() }, locked)
    for (const key of ['1', '2', '3', '4']) await tap(`key-${key}`)
    await tap('pin-done')
    expect(requests('unlock')).toEqual([{ pin: '1234' }])
  })
  it('waits when wrong, says how long, and takes no key meanwhile', async () => {
    await show(UnlockScreen, { unlock: () => refuse('pin_wrong', { wait_s: 30 }) }, locked)
    for (let i = 0; i < 4; i++) await tap('key-9')
    await tap('pin-done')
    await flushPromises()
    expect(document.body.textContent).toContain('等 30 秒')
    expect((part('key-1') as HTMLButtonElement).disabled).toBe(true)
  })
  it('tells those who forgot it what they would lose', async () => {
    const sync = { ...status().sync, phase: 'offline' as const, records: 2, photos: 1 }
    await show(UnlockScreen, {}, { ...locked, status: status({ boot: 'locked', me: null, sync }) })
    expect(part('forgot').textContent).toContain('还有 3 条')
    await show(UnlockScreen, {}, locked)
    expect(part('forgot').textContent).toContain('中心都收到了')
    // Nobody at the center can do anything about a PIN.
    expect(part('forgot').textContent).not.toContain('打电话')
  })
  it('leaves reporting and the telephones open, and nothing else', async () => {
    const wrapper = await show(UnlockScreen, {}, locked)
    expect(wrapper.findAll('a').map((link) => link.attributes('href'))).toEqual(['/report', '/emergency'])
  })
})
