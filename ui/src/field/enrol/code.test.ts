import { describe, expect, it } from 'vitest'
import { groupSecret, readAddress, readEntry } from './code'

describe('the enrolment code', () => {
  it('is grouped by four while it is typed', () => {
    expect(groupSecret('')).toBe('')
    expect(groupSecret('7k3m')).toBe('7K3M')
    expect(groupSecret('7k3mq')).toBe('7K3M-Q')
    expect(groupSecret('7K3M-Q2ZD-9V0X-1T5H-more')).toBe('7K3M-Q2ZD-9V0X-1T5H')
  })

  it('forgives the letters that look like digits, spaces and full-width signs', () => {
    expect(readEntry('oil3 7k3m q2zd 9vox')).toEqual({ kind: 'secret', secret: '01137K3MQ2ZD9V0X' })
    expect(readEntry('7K3M-Q2ZD-9V0X-1T5H')).toEqual({
      kind: 'secret',
      secret: '7K3MQ2ZD9V0X1T5H',
    })
  })

  it('says how many characters are still missing', () => {
    expect(readEntry('7K3M-Q2ZD')).toEqual({ kind: 'partial', missing: 8 })
    expect(readEntry('   ')).toEqual({ kind: 'empty' })
  })

  it('names the first character that can be in no code', () => {
    expect(readEntry('7K3U')).toEqual({ kind: 'bad', character: 'U' })
    expect(readEntry('7K3M Q2ZD 9V0X 1T5H Z')).toEqual({ kind: 'long' })
  })

  it('leaves the text of a QR code as it is', () => {
    expect(readEntry(' LINLI1|10.0.0.2:7643|7K3M-Q2ZD|ab,cd ')).toEqual({ kind: 'qr', text: 'LINLI1|10.0.0.2:7643|7K3M-Q2ZD|ab,cd' })
  })
})

describe('the address', () => {
  it('is host and port, with scheme and slash forgiven', () => {
    expect(readAddress('Center.Example:7643')).toBe('center.example:7643')
    expect(readAddress('https://10.0.0.2:7643/')).toBe('10.0.0.2:7643')
    expect(readAddress('[::1]:7643')).toBe('[::1]:7643')
    expect(readAddress('127.0.0.1:7643')).toBe('127.0.0.1:7643')
  })

  it('is nothing until both are there', () => {
    expect(readAddress('')).toBeNull()
    expect(readAddress('center.example')).toBeNull()
    expect(readAddress('center.example:0')).toBeNull()
    expect(readAddress('center.example:99999')).toBeNull()
  })
})
