/** Draws an icon of the sprite; it says nothing to screen readers, so words must stand beside it. */
export type Icon = (name: string, classes?: string) => string;

/** @param sprite the address of public/icons.svg, which `npm run icons` makes. */
export function iconWith(sprite: string): Icon {
  return (name, classes = 'icon') =>
    `<svg class="${classes}" aria-hidden="true" focusable="false"><use href="${sprite}#${name}"></use></svg>`;
}
