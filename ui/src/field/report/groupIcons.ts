// One outline per group of problems.
import {
  CloudLightning, Flame, HandHelping, HeartHandshake, House, LampCeiling, Leaf, MessagesSquare, Mountain, ShieldAlert,
  ShoppingCart, Stethoscope, Store, Trash2,
} from '@lucide/vue'
import type { Component } from 'vue'

const ICONS: Record<string, Component> = {
  trash: Trash2,
  store: Store,
  lamp: LampCeiling,
  home: House,
  flame: Flame,
  mountain: Mountain,
  chat: MessagesSquare,
  shield: ShieldAlert,
  heart: HeartHandshake,
  cross: Stethoscope,
  leaf: Leaf,
  cart: ShoppingCart,
  hand: HandHelping,
}

/** The icon of a group; a newer group's is a plain one. */
export function groupIcon(icon: string): Component {
  return ICONS[icon] ?? CloudLightning
}
