import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { render } from '@/testing/render'
import { Button } from './Button'
import { ConfirmDialog } from './ConfirmDialog'
import { DataTable } from './DataTable'
import { Field } from './Field'
import { Input } from './Input'
import { StateMark } from './StateMark'

type Row = { id: number; name: string }
const rows: Row[] = [1, 2, 3].map((id) => ({ id, name: `device ${id}` }))
const columns = [
  { id: 'name', header: 'Name', sort: 'name', cell: (row: Row) => row.name, fixed: true },
  { id: 'id', header: 'Number', cell: (row: Row) => row.id },
]

it('says why a button does nothing, and does nothing', async () => {
  const onClick = vi.fn()
  render(<Button disabledReason="Only an admin can do this." onClick={onClick}>Delete</Button>)
  const button = screen.getByRole('button', { name: 'Delete' })
  await userEvent.click(button)
  expect(onClick).not.toHaveBeenCalled()
  expect(button).toHaveAttribute('aria-disabled', 'true')
  await userEvent.hover(button)
  expect(await screen.findByRole('tooltip')).toHaveTextContent('Only an admin')
})

it('ties label, hint and error to the control', () => {
  render(<Field label="Range" hint="In CIDR" error="Not a network"><Input /></Field>)
  const input = screen.getByLabelText('Range')
  expect(input).toHaveAccessibleDescription('In CIDR Not a network')
  expect(input).toBeInvalid()
})

it('confirms only after the text was typed', async () => {
  const onConfirm = vi.fn()
  render(<ConfirmDialog open onClose={() => undefined} onConfirm={onConfirm} title="Delete ola?" confirmLabel="Delete user" typed="ola" />)
  await userEvent.click(screen.getByRole('button', { name: 'Delete user' }))
  expect(onConfirm).not.toHaveBeenCalled()
  await userEvent.type(screen.getByRole('textbox'), 'ola')
  await userEvent.click(screen.getByRole('button', { name: 'Delete user' }))
  expect(onConfirm).toHaveBeenCalledOnce()
})

it('moves by j and k, selects by x, opens by Enter, and sorts by its header', async () => {
  const onOpen = vi.fn()
  const onSort = vi.fn()
  render(<DataTable label="Devices" name="test" rows={rows} columns={columns} rowKey={(row) => String(row.id)} onOpen={onOpen} sort="name" onSort={onSort} bulkActions={(picked) => <span>{picked.length} to go</span>} />)
  await userEvent.keyboard('jjk{Enter}')
  expect(onOpen).toHaveBeenCalledWith(rows[0])
  await userEvent.keyboard('jx')
  expect(screen.getByText('1 to go')).toBeInTheDocument()
  expect(within(screen.getByRole('table', { name: 'Devices' })).getAllByRole('row', { selected: true })).toHaveLength(1)
  await userEvent.click(screen.getByRole('button', { name: 'Name' }))
  expect(onSort).toHaveBeenCalledWith('-name')
  expect(screen.getByRole('columnheader', { name: /Name/ })).toHaveAttribute('aria-sort', 'ascending')
})

it('shows text from devices as text', () => {
  const hostile = [{ id: 1, name: '<img src=x onerror=alert(1)>' }]
  const { container } = render(<DataTable label="Devices" name="hostile" rows={hostile} columns={columns} rowKey={(row) => String(row.id)} />)
  expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeInTheDocument()
  expect(container.querySelector('img')).toBeNull()
})

it('gives each state a word and a shape of its own', () => {
  const states = ['up', 'degraded', 'down', 'unreachable', 'unknown', 'maintenance', 'new'] as const
  const { container } = render(<>{states.map((state) => <StateMark key={state} state={state} />)}</>)
  expect(new Set([...container.querySelectorAll('svg > :first-child')].map((shape) => shape.tagName + [...shape.attributes].map((attribute) => attribute.value).join())).size).toBe(states.length)
  expect(screen.getByText('Unreachable')).toBeInTheDocument()
})

it('changes the width of a column by the arrow keys, and gives it back', async () => {
  render(<DataTable name="resize" label="Sites" rows={[{ id: 1, name: 'Attic' }]} columns={[{ id: 'name', header: 'Name', width: 200, cell: (row: Row) => row.name }]} rowKey={(row) => String(row.id)} />)
  const edge = screen.getByRole('separator', { name: 'Resize column Name' })
  edge.focus()
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}')
  expect(edge).toHaveAttribute('aria-valuenow', '216')
  await userEvent.keyboard('{Home}')
  expect(edge).toHaveAttribute('aria-valuenow', '200')
})

it('has no blank cell', () => {
  render(<DataTable name="blank" label="Sites" rows={[{ id: 1, name: '' }]} columns={[{ id: 'name', header: 'Name', cell: (row: Row) => row.name }]} rowKey={(row) => String(row.id)} />)
  expect(screen.getByRole('cell')).toHaveTextContent('–')
})
