import { act, renderHook } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { holdOrder, useHeldRows } from './held-rows'

type Row = { id: number; name: string }
const rows = (...ids: number[]): Row[] => ids.map((id) => ({ id, name: `device ${id}` }))
const start = (fresh: Row[]) => renderHook(({ fresh, pages, key }) => useHeldRows(fresh, pages, key, true), { initialProps: { fresh, pages: 1, key: 'a' } })

describe('rows held in place', () => {
  it('changes values in place and counts what is new until asked', () => {
    const { result, rerender } = start(rows(1, 2))
    rerender({ fresh: [{ id: 9, name: 'new' }, { id: 2, name: 'renamed' }, ...rows(1)], pages: 1, key: 'a' })
    expect(result.current.rows.map(({ name }) => name)).toEqual(['device 1', 'renamed'])
    expect(result.current.waiting).toBe(1)
    act(() => result.current.show())
    expect(result.current.rows.map(({ id }) => id)).toEqual([9, 2, 1])
    expect(result.current.waiting).toBe(0)
  })

  it('keeps a row that another order would take off the page', () => {
    const { result, rerender } = start(rows(1, 2))
    rerender({ fresh: rows(3, 1), pages: 1, key: 'a' })
    expect(result.current.rows.map(({ id }) => id)).toEqual([1, 2])
  })

  it('adds a further page at the end', () => {
    const { result, rerender } = start(rows(1, 2))
    rerender({ fresh: rows(1, 2, 3, 4), pages: 2, key: 'a' })
    expect(result.current.rows.map(({ id }) => id)).toEqual([1, 2, 3, 4])
    expect(result.current.waiting).toBe(0)
  })

  it('starts anew with other filters, and fills an empty list by itself', () => {
    const { result, rerender } = start([])
    rerender({ fresh: rows(5), pages: 1, key: 'a' })
    expect(result.current.rows.map(({ id }) => id)).toEqual([5])
    rerender({ fresh: rows(7, 8), pages: 1, key: 'b' })
    expect(result.current.rows.map(({ id }) => id)).toEqual([7, 8])
  })

  it('forgets what was deleted at once', () => {
    const { result } = start(rows(1, 2))
    act(() => result.current.forget([1]))
    expect(result.current.rows.map(({ id }) => id)).toEqual([2])
  })

  it('holds the order of the first answer', () => {
    expect(holdOrder([], [1, 2], false)).toEqual([1, 2])
    expect(holdOrder([1, 2], [2, 1, 3], false)).toEqual([1, 2])
    expect(holdOrder([1, 2], [2, 1, 3], true)).toEqual([1, 2, 3])
  })
})
