import compat from 'eslint-plugin-compat'
import vue from 'eslint-plugin-vue'
import ts from 'typescript-eslint'

export default ts.config(
  { ignores: ['dist', 'src/bindings', 'field/public', 'center/public', 'e2e', 'test-results'] },
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // Layout of templates is a matter of taste; these are not.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'any' } }],
      'vue/no-v-html': 'error',
      // The content policy forbids style attributes.
      'vue/no-static-inline-styles': 'error',
    },
  },
  {
    files: ['src/**/*.{ts,vue}'],
    ignores: ['src/center/**'],
    ...compat.configs['flat/recommended'],
    settings: { browsers: ['Chrome >= 80'] },
  },
  {
    files: ['src/**/*.{ts,vue}'],
    rules: {
      'no-restricted-globals': ['error', 'structuredClone', 'alert', 'confirm', 'prompt', 'localStorage'],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
)
