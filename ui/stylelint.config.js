// What WebView 80 does not know is refused here; scripts/built.test.ts looks at the built files again.
export default {
  rules: {
    'at-rule-disallowed-list': ['layer', 'container', 'property', 'scope', 'starting-style'],
    'function-disallowed-list': ['oklch', 'oklab', 'lch', 'lab', 'color-mix', 'light-dark', 'color'],
    'property-disallowed-list': [
      'inset', '/^inset-/', 'aspect-ratio', 'accent-color', 'gap', 'row-gap', 'content-visibility', 'translate', 'rotate',
      'scale', 'scrollbar-gutter', 'text-wrap', '/^container/',
    ],
    'selector-pseudo-class-disallowed-list': ['is', 'where', 'has', 'focus-visible'],
    'unit-disallowed-list': ['dvh', 'svh', 'lvh', 'dvw', 'svw', 'lvw', 'cqw', 'cqh', 'cqi'],
    'color-named': 'never',
    'block-no-empty': true,
    'declaration-block-no-duplicate-properties': true,
    'property-no-unknown': true,
  },
  overrides: [{ files: ['**/*.vue'], customSyntax: 'postcss-html' }],
  ignoreFiles: ['src/center/**'],
}
