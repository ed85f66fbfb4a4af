import { appleLayouts } from './forward-layouts-apple.ts';
import { gmailLayouts } from './forward-layouts-gmail.ts';
import { outlookLayouts } from './forward-layouts-outlook.ts';
import type { ForwardLayout } from './forward-layout.ts';

export const FORWARD_LAYOUTS: readonly ForwardLayout[] = [
  ...gmailLayouts,
  ...outlookLayouts,
  ...appleLayouts,
];
