/** Offers `blob` to the person as a file of that name. */
export function saveFile(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has its own hold on the blob by the next task.
  setTimeout(() => URL.revokeObjectURL(link.href), 0)
}
