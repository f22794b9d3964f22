import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const floors = ['app', 'features', 'ui', 'api', 'i18n', 'lib']
/** What each floor may not import: everything above it. */
const above = {
  lib: ['app', 'features', 'ui', 'api', 'i18n', 'testing'],
  i18n: ['app', 'features', 'ui', 'api', 'testing'],
  api: ['app', 'features', 'ui', 'testing'],
  ui: ['app', 'features', 'api', 'testing'],
  features: ['app', 'testing'],
  app: ['testing'],
}
const features = ['accounts', 'discovery', 'inventory', 'operations']

const ban = (names, message) => names.map((name) => ({ regex: `^(@/|(\\.\\./)+)${name}(/|$)`, message }))
const direction = (folder) => ban(above[folder], `${folder} may not import this: imports go lib, i18n -> api, ui -> features -> app`)
const barrels = [{ regex: '^\\.{1,2}/?$|/index$', message: 'no barrel files: import the module itself' }]
const tests = ['src/**/*.test.{ts,tsx}', 'src/testing/**']

const restrict = (patterns) => ({ 'no-restricted-imports': ['error', { patterns: [...patterns, ...barrels] }] })

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      // It warns about memoisation by React's compiler, which this build does not use.
      'react-hooks/incompatible-library': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'named exports only' },
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'text from devices is never HTML' },
        { selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]', message: 'text from devices is never HTML' },
        { selector: 'JSXOpeningElement[name.name=/^(style|script)$/]', message: 'the content security policy forbids inline styles and scripts' },
        { selector: 'JSXAttribute[name.name="className"] Literal[value=/#[0-9a-fA-F]{3,8}/]', message: 'no colour literal: use a token' },
      ],
    },
  },
  ...floors.map((folder) => ({ files: [`src/${folder}/**`], ignores: tests, rules: restrict(direction(folder)) })),
  ...features.map((name) => ({
    files: [`src/features/${name}/**`],
    ignores: tests,
    rules: restrict([
      ...direction('features'),
      ...ban(
        features.filter((other) => other !== name).map((other) => `features/${other}`),
        'features do not import each other: the route composes them',
      ),
    ]),
  })),
  {
    files: ['scripts/**', 'src/testing/*.mjs', 'eslint.config.js'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly', setTimeout: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', Buffer: 'readonly', fetch: 'readonly' } },
  },
  { files: ['public/*.js'], languageOptions: { globals: { document: 'readonly', localStorage: 'readonly', matchMedia: 'readonly' } } },
)
