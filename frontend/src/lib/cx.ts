import { clsx, type ClassValue } from 'clsx'

/** Joins class names. Conflicting utilities are not merged: a component offers variants, not overrides. */
export const cx = (...parts: ClassValue[]): string => clsx(parts)
