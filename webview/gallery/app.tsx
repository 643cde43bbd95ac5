import { useEffect, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import { isGalleryHostMessage, type GalleryCard, type GalleryHostMessage, type GalleryMessage } from '../../src/protocol/gallery';
import { Button, Field } from '../shared/controls';
import { Picture } from './picture';

export interface GalleryHost {
  post(message: GalleryMessage): void;
  listen(receive: (message: unknown) => void): () => void;
}

/** All examples as cards; the search narrows them by any word of title, lesson, outcome, scheme and source. */
export function App({ host }: { readonly host: GalleryHost }): VNode {
  const [state, setState] = useState<GalleryHostMessage | null>(null);
  const [query, setQuery] = useState('');
  useEffect(() => {
    const stop = host.listen(message => { if (isGalleryHostMessage(message)) setState(message); });
    host.post({ type: 'ready' });
    return stop;
  }, []);
  const found = (state?.examples ?? []).filter(example => matches(example, query));
  return (
    <div class="gallery">
      <header>
        <h1>Examples</h1>
        <p class="muted">Short TypeScript functions, each with one lesson. Open one, read it in two minutes, simulate it, and see the stated outcome.</p>
        <Field value={query} onInput={setQuery} name="Search the examples" placeholder="Search: softmax, fp16, absorption …" size={40} />
        <p class="muted" role="status">{state === null ? 'Reading the examples …' : `${found.length} of ${state.examples.length}`}</p>
        {state !== null && !state.trusted ? <p class="problem">This workspace is not trusted yet: examples open, and “Simulate” will ask for trust first.</p> : null}
      </header>
      <ul class="cards">
        {found.map(example => <Card key={example.file} example={example} host={host} />)}
      </ul>
      {state !== null && found.length === 0 ? <p>No example mentions “{query}”. <button class="link" onClick={() => setQuery('')}>Show all</button></p> : null}
    </div>
  );
}

function Card({ example, host }: { readonly example: GalleryCard; readonly host: GalleryHost }): VNode {
  const { file, title, lesson, outcome, source, simulate } = example;
  return (
    <li class="card">
      <Picture file={file} />
      <h2>{title}</h2>
      <p>{lesson}</p>
      <details><summary>What to see</summary><p>{outcome}</p><p class="hint">{source}</p></details>
      <p class="schemes">{simulate?.schemes.map(scheme => <span class="chip" key={scheme}>{scheme}</span>)}</p>
      <div class="tools">
        {simulate ? <Button look="primary" label={`Simulate ${title}`} onPress={() => host.post({ type: 'simulate', file })}>Simulate</Button> : null}
        <Button label={`Open ${title}`} onPress={() => host.post({ type: 'open', file })}>Open</Button>
      </div>
    </li>
  );
}

function matches(example: GalleryCard, query: string): boolean {
  const text = [example.file, example.title, example.lesson, example.outcome, example.source, ...(example.simulate?.schemes ?? [])].join(' ').toLowerCase();
  return query.toLowerCase().split(/\s+/).every(word => text.includes(word));
}
