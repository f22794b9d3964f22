import { z } from 'zod'

/** Checks that forms share. A message is a translation key of `errors`; forms render it through `codeText`. */
export const text = (max: number) => z.string().trim().max(max, 'too_long')
export const requiredText = (max: number) => z.string().trim().min(1, 'required').max(max, 'too_long')
