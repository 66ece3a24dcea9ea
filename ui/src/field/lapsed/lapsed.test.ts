import { describe, expect, it } from 'vitest'
import { requests, show, status, tap } from '../testing/fakePhone'
import LapsedScreen from './LapsedScreen.vue'

const lapsed = (sync = {}) => ({
  path: '/lapsed',
  status: status({ boot: 'lapsed', sync: { ...status().sync, phase: 'offline', ...sync } }),
})

describe('out of touch for too long', () => {
  it('says that nothing is lost, and tries again when asked', async () => {
    await show(LapsedScreen, { sync: () => ({ ...status().sync, phase: 'online' }) }, lapsed({ records: 2, photos: 1 }))
    expect(document.body.textContent).toContain('什么都没有丢')
    expect(document.body.textContent).toContain('还连不上')
    expect(document.body.textContent).toContain('3 条')
    await tap('try')
    expect(requests('sync')).toHaveLength(1)
    expect(document.body.textContent).not.toContain('还连不上')
  })
  it('leaves one’s own work and the telephones open, and nothing else', async () => {
    const wrapper = await show(LapsedScreen, {}, lapsed())
    expect(wrapper.findAll('a').map((link) => link.attributes('href'))).toEqual(['/outbox', '/report', '/emergency'])
  })
})
