import type { Box } from './box';

/** Binary heap of boxes, largest bound first. */
export class BoxHeap {
  private readonly items: Box[] = [];

  get size(): number {
    return this.items.length;
  }

  top(): Box {
    return this.items[0];
  }

  all(): readonly Box[] {
    return this.items;
  }

  push(box: Box): void {
    const { items } = this;
    let i = items.push(box) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(items[i], items[parent])) break;
      [items[i], items[parent]] = [items[parent], items[i]];
      i = parent;
    }
  }

  pop(): Box {
    const { items } = this;
    const top = items[0];
    const last = items.pop()!;
    if (items.length > 0) {
      items[0] = last;
      for (let i = 0; ;) {
        let next = 2 * i + 1;
        if (next >= items.length) break;
        if (next + 1 < items.length && before(items[next + 1], items[next])) next++;
        if (!before(items[next], items[i])) break;
        [items[i], items[next]] = [items[next], items[i]];
        i = next;
      }
    }
    return top;
  }
}

/** Larger bound first; among infinite ones the larger box. */
function before(a: Box, b: Box): boolean {
  return a.bound === b.bound ? a.depth < b.depth : a.bound > b.bound;
}
