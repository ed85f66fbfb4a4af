import type { AppDeps } from '../app.ts';
import { createTranslate } from '../http/translation.ts';
import type { Outbox } from './outbox/outbox.ts';
import { outboxRoutes } from './outbox/outbox-routes.ts';
import { DEMO_PASSWORD, users } from './stories/users.ts';

/** What the demo shows beside everybody's pages: how to get in, and what would have gone out. */
export function demoPages(outbox: Outbox): NonNullable<AppDeps['demo']> {
  const t = createTranslate();
  const { address } = users.dana;
  return {
    banner: {
      outside: t('demo.bannerOutside', { address, password: DEMO_PASSWORD }),
      inside: t('demo.bannerInside'),
      link: { href: '/demo/outbox', text: t('demo.bannerLink') },
    },
    pages: (deps) => outboxRoutes(deps, outbox),
  };
}
