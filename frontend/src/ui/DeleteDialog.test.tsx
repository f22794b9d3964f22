import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { render } from '@/testing/render'
import { DeleteDialog } from './DeleteDialog'

const removal = { run: vi.fn(), busy: false, error: null, blockers: [] }

it('deletes on the button only', async () => {
  const run = vi.fn()
  render(<DeleteDialog title="Delete Attic?" text="Its tags go." label="Delete site" removal={{ ...removal, run }} onClose={() => undefined} />)
  expect(run).not.toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: 'Delete site' }))
  expect(run).toHaveBeenCalledOnce()
})

it('says what stands in the way', () => {
  render(<DeleteDialog title="Delete Attic?" text="" label="Delete site" removal={{ ...removal, error: 'In use.', blockers: ['2 networks', '7 devices'] }} onClose={() => undefined} />)
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['2 networks', '7 devices'])
  expect(screen.getByText('In use.')).toBeInTheDocument()
})
