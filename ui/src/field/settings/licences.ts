// The open-source parts this app is made of, with their licences (SPDX).

/** A part and its licence. */
export interface Part {
  name: string
  licence: string
}

/** What the screens are made of: everything in `dependencies` of package.json. */
export const SCREEN_PARTS: readonly Part[] = [
  { name: '@lucide/vue', licence: 'ISC' },
  { name: '@tauri-apps/api', licence: 'Apache-2.0 OR MIT' },
  { name: 'leaflet', licence: 'BSD-2-Clause' },
  { name: 'vant', licence: 'MIT' },
  { name: 'virtua', licence: 'MIT' },
  { name: 'vue', licence: 'MIT' },
  { name: 'vue-i18n', licence: 'MIT' },
  { name: 'vue-router', licence: 'MIT' },
]

/** What keeps, encrypts and sends: the direct dependencies of the phone's program. */
export const PHONE_PARTS: readonly Part[] = [
  { name: 'automerge', licence: 'MIT' },
  { name: 'chacha20poly1305', licence: 'Apache-2.0 OR MIT' },
  { name: 'crypto_box', licence: 'Apache-2.0 OR MIT' },
  { name: 'geo', licence: 'MIT OR Apache-2.0' },
  { name: 'hmac, hkdf, sha2', licence: 'MIT OR Apache-2.0' },
  { name: 'image', licence: 'MIT OR Apache-2.0' },
  { name: 'keyring-core', licence: 'MIT OR Apache-2.0' },
  { name: 'minicbor', licence: 'BlueOak-1.0.0' },
  { name: 'OpenSSL', licence: 'Apache-2.0' },
  { name: 'reqwest', licence: 'MIT OR Apache-2.0' },
  { name: 'ring', licence: 'Apache-2.0 AND ISC' },
  { name: 'rstar', licence: 'MIT OR Apache-2.0' },
  { name: 'rusqlite', licence: 'MIT' },
  { name: 'rustls', licence: 'Apache-2.0 OR ISC OR MIT' },
  { name: 'serde, serde_json', licence: 'MIT OR Apache-2.0' },
  { name: 'SQLCipher', licence: 'BSD-3-Clause' },
  { name: 'SQLite', licence: 'Public Domain' },
  { name: 'tauri, wry', licence: 'Apache-2.0 OR MIT' },
  { name: 'tokio', licence: 'MIT' },
  { name: 'uuid', licence: 'Apache-2.0 OR MIT' },
  { name: 'zstd', licence: 'BSD-3-Clause' },
]
