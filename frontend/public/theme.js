// Runs before the first paint, so that a dark page never flashes white. The app owns the choice from then on.
;(function () {
  var choice = 'system'
  try {
    choice = localStorage.getItem('lanarium.theme') || 'system'
  } catch {
    // Storage can be switched off; the system's choice holds then.
  }
  var dark = choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
