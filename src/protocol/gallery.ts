/** One example of the gallery, as its page shows it. */
export interface GalleryCard {
  /** File name in `media/gallery`. */
  readonly file: string;
  readonly title: string;
  readonly lesson: string;
  readonly outcome: string;
  readonly source: string;
  /** What "Simulate" runs; null when the example names nothing. */
  readonly simulate: { readonly functionName: string; readonly schemes: readonly string[] } | null;
}

/** From the gallery page to the host. */
export type GalleryMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly file: string }
  /** Open it beside the page and simulate it with its own scheme and inputs. */
  | { readonly type: 'simulate'; readonly file: string };

/** From the host to the gallery page. */
export interface GalleryHostMessage {
  readonly type: 'examples';
  readonly examples: readonly GalleryCard[];
  /** False: the workspace is not trusted, "Simulate" asks for trust first. */
  readonly trusted: boolean;
}

export function isGalleryMessage(data: unknown): data is GalleryMessage {
  if (typeof data !== 'object' || data === null) return false;
  const { type, file } = data as { type?: unknown; file?: unknown };
  return type === 'ready' || ((type === 'open' || type === 'simulate') && typeof file === 'string' && /^[\w-]+\.ts$/.test(file));
}

export function isGalleryHostMessage(data: unknown): data is GalleryHostMessage {
  if (typeof data !== 'object' || data === null) return false;
  const { type, examples, trusted } = data as { type?: unknown; examples?: unknown; trusted?: unknown };
  return type === 'examples' && typeof trusted === 'boolean' && Array.isArray(examples) && examples.every(isCard);
}

function isCard(data: unknown): data is GalleryCard {
  if (typeof data !== 'object' || data === null) return false;
  const card = data as Record<string, unknown>;
  return ['file', 'title', 'lesson', 'outcome', 'source'].every(name => typeof card[name] === 'string');
}
