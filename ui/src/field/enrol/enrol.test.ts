import { describe, expect, it } from 'vitest'
import { part, refuse, requests, show, status, tap, type } from '../testing/fakePhone'
import EnrolScreen from './EnrolScreen.vue'

const fresh = (boot: 'fresh' | 'key_lost' | 'damaged' | 'recovering', kept: string | null = null) =>
  ({ path: '/enrol', status: status({ boot, me: null, center_name: '', kept_as: kept }) })

describe('enrolling', () => {
  it('sends the cleaned code with the address, and nothing before both are there', async () => {
    await show(EnrolScreen, { enrol: () => status() }, fresh('fresh'))
    await type('enrol-code', 'oil3 7k3m q2zd 9vox')
    expect((part('primary') as HTMLButtonElement).disabled).toBe(true)
    await type('enrol-address', 'https://Center.example:7643/')
    part('enrol-code').closest('form')?.requestSubmit()
    await tap('primary')
    expect(requests('enrol')[0]).toEqual({ code: '01137K3MQ2ZD9V0X', address: 'center.example:7643' })
  })

  it('takes the text of a QR code alone', async () => {
    await show(EnrolScreen, { enrol: () => status() }, fresh('fresh'))
    await type('enrol-code', 'LINLI1|10.0.0.2:7643|7K3M|ab')
    expect(document.querySelector('[data-test="enrol-address"]')).toBeNull()
    part('enrol-code').closest('form')?.requestSubmit()
    await tap('primary')
    expect(requests('enrol')[0]).toEqual({ code: 'LINLI1|10.0.0.2:7643|7K3M|ab', address: null })
  })

  it('says in words what went wrong, and keeps what was typed', async () => {
    await show(EnrolScreen, { enrol: () => refuse('enrol_code_used') }, fresh('fresh'))
    await type('enrol-code', '7K3MQ2ZD9V0X1T5H')
    await type('enrol-address', '10.0.0.2:7643')
    part('enrol-code').closest('form')?.requestSubmit()
    await tap('primary')
    expect(part('enrol-problem').textContent).toContain('已经用过')
    expect((part('enrol-code') as HTMLInputElement).value).toBe('7K3M-Q2ZD-9V0X-1T5H')
  })

  it('says that nothing was lost, and where a damaged database is', async () => {
    await show(EnrolScreen, {}, fresh('damaged', 'linli-damaged.db'))
    expect(part('damaged').textContent).toContain('linli-damaged.db')
    await show(EnrolScreen, {}, fresh('key_lost'))
    expect(part('key-lost').textContent).toContain('一条没丢')
  })

  it('asks again while a desk has not approved', async () => {
    const waiting = fresh('recovering')
    await show(EnrolScreen, { recover: () => waiting.status }, waiting)
    await tap('primary')
    expect(requests('recover')).toHaveLength(1)
    expect(part('recovering').textContent).toContain('还没批')
  })
})
