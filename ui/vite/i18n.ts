// Compiles the message files while building, so that the phone never parses a
// message and nothing on it needs `eval` (the content policy forbids that).
import { baseCompile } from '@intlify/message-compiler'
import ts from 'typescript'
import type { Plugin } from 'vite'

const MESSAGE_FILE = /\/i18n\/(?:.*\/)?(?:zh-CN|en)\/[\w-]+\.ts$/

type Tree = { [key: string]: string | Tree }

function compile(tree: Tree, at: string): unknown {
  const out: Record<string, unknown> = {}
  for (const key of Object.keys(tree)) {
    const value = tree[key]!
    if (typeof value !== 'string') out[key] = compile(value, `${at}.${key}`)
    // A message without placeholders, plurals or links stays a plain string.
    else if (!/[{}@|]/.test(value)) out[key] = value
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
      out[key] = ast
    }
  }
  return out
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
      return { code: `export default ${JSON.stringify(compile(tree, file))}`, map: null }
    },
  }
}
