// Compiles the message files while building, so that the phone never parses a
// message and nothing on it needs `eval` (the content policy forbids that).
import { baseCompile } from '@intlify/message-compiler'
import ts from 'typescript'
import type { Plugin } from 'vite'

const MESSAGE_FILE = /\/i18n\/(?:.*\/)?(?:zh-CN|en)\/[\w-]+\.ts$/

type Tree = { [key: string]: string | Tree }

/** The messages as the text of a JavaScript object: functions for plain ones, trees for the others. */
function compile(tree: Tree, at: string): string {
  const out: string[] = []
  for (const key of Object.keys(tree)) {
    const value = tree[key]!
    const name = JSON.stringify(key)
    if (typeof value !== 'string') out.push(`${name}:${compile(value, `${at}.${key}`)}`)
    // Without placeholders, plurals or links there is nothing to put together.
    else if (!/[{}@|]/.test(value)) out.push(`${name}:()=>${JSON.stringify(value)}`)
    else {
      const errors: unknown[] = []
      const { ast } = baseCompile(value, {
        jit: true,
        location: false,
        optimize: true,
        minify: true,
        onError: (error) => errors.push(error),
      } as Parameters<typeof baseCompile>[1])
      if (errors.length) throw new Error(`${at}.${key}: ${String(errors[0])}`)
      out.push(`${name}:${JSON.stringify(ast)}`)
    }
  }
  return `{${out.join(',')}}`
}

/** The plugin: message modules in, compiled messages out. */
export function messages(): Plugin {
  return {
    name: 'linli-messages',
    enforce: 'pre',
    transform(code, id) {
      const file = id.split('?')[0]!
      if (!MESSAGE_FILE.test(file) || !/export default/.test(code)) return null
      const js = ts.transpileModule(code, {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      }).outputText
      // An index file gathers others: nothing in it to compile.
      if (/^import /m.test(js)) return null
      const body = js.replace(/export default/, 'return').replace(/^export \{\};?$/m, '')
      const tree = new Function(body)() as Tree
      return { code: `export default ${compile(tree, file)}`, map: null }
    },
  }
}
