import type { Express } from 'express';

/** What Express keeps of its routes; its types do not say. */
interface Layer {
  readonly slash: boolean;
  readonly handle: { readonly stack?: readonly Layer[] };
  readonly route?: {
    readonly path: string;
    readonly stack: readonly { readonly method: string }[];
  };
  match(path: string): boolean;
}

/** Where routers are mounted. One that is mounted elsewhere makes listRoutes() fail. */
const MOUNTS = ['/admin', '/quarantine', '/rejected'];

/** Every route of the application, such as "POST /emails/:id/unlink". */
export function listRoutes(app: Express): string[] {
  const { stack } = app.router as unknown as { readonly stack: readonly Layer[] };
  return [...new Set(stack.flatMap((layer) => routesOf(layer, '')))].sort();
}

function routesOf(layer: Layer, prefix: string): string[] {
  if (layer.route) {
    const path = `${prefix}${layer.route.path === '/' && prefix !== '' ? '' : layer.route.path}`;
    return layer.route.stack.map(({ method }) => `${method.toUpperCase()} ${path}`);
  }
  const inner = layer.handle.stack ?? [];
  if (inner.length === 0) return [];
  const mount = mountOf(layer);
  return inner.flatMap((one) => routesOf(one, `${prefix}${mount}`));
}

function mountOf(layer: Layer): string {
  if (layer.slash) return '';
  const mount = MOUNTS.find((path) => layer.match(path));
  if (mount === undefined) throw new Error('A router is mounted where listRoutes() does not look.');
  return mount;
}
