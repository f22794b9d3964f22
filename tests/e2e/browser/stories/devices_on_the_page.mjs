// Somebody logs in and sees the devices that a scan found, each by its address.

export async function tell({ sit, config }) {
  const person = await sit()
  await person.login()
  await person.visit('/inventory')
  for (const address of config.addresses) await person.page.getByText(address, { exact: true }).first().waitFor()
  await person.picture('inventory')
}
