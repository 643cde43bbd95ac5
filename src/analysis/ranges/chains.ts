import type { Expression } from '../../program';

/** Part of an optional chain: when what stands before a `?.` in it is null or undefined, so is the whole, whatever follows. */
export function isChained(e: Expression): boolean {
  for (let link: Expression | null = e; link;) {
    switch (link.kind) {
      case 'property': case 'index':
        if (link.optional) return true;
        link = link.object;
        break;
      case 'call': {
        if (link.optional) return true;
        const { callee }: { callee: (Expression & { kind: 'call' })['callee'] } = link;
        link = callee.kind === 'dynamic' ? callee.callee : callee.receiver ?? null;
        break;
      }
      default: return false;
    }
  }
  return false;
}
