import { useEffect, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import type { FlowLayout } from './flow-layout';
import { heat } from './selection';

/** Largest size of the map, in pixels. */
const most = { width: 128, height: 92 };

interface Frame { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/**
 * A small map of a graph that is larger than its view, with the visible part as a frame: dragging moves the view. It is for the pointer alone; the keyboard
 * moves from node to node, and the view follows.
 */
export function FlowMap({ placed, scale, scroller }: { readonly placed: FlowLayout; readonly scale: number; readonly scroller: HTMLElement }): VNode {
  const [frame, setFrame] = useState<Frame>(() => visible(scroller));
  useEffect(() => {
    const follow = (): void => setFrame(visible(scroller));
    follow();
    scroller.addEventListener('scroll', follow, { passive: true });
    const observer = new ResizeObserver(follow);
    observer.observe(scroller);
    return () => { scroller.removeEventListener('scroll', follow); observer.disconnect(); };
  }, [scroller, placed, scale]);
  const shrink = Math.min(most.width / placed.width, most.height / placed.height);
  const onGraph = shrink / scale;
  const go = (event: PointerEvent): void => {
    const map = event.currentTarget as SVGSVGElement;
    const box = map.getBoundingClientRect();
    scroller.scrollTo({ left: (event.clientX - box.left) / onGraph - frame.width / 2, top: (event.clientY - box.top) / onGraph - frame.height / 2 });
  };
  return <svg class="flow-map" aria-hidden="true" width={Math.ceil(placed.width * shrink)} height={Math.ceil(placed.height * shrink)} viewBox={`0 0 ${placed.width} ${placed.height}`}
    onPointerDown={event => { event.currentTarget.setPointerCapture(event.pointerId); go(event); }} onPointerMove={event => { if (event.buttons & 1) go(event); }}>
    {placed.nodes.map(({ node, x, y, width, height }) => <rect key={node.id} class={`map-node heat-${heat(node.share)}`} x={x - width / 2} y={y - height / 2} width={width} height={height} />)}
    <rect class="map-frame" x={frame.left / scale} y={frame.top / scale} width={frame.width / scale} height={frame.height / scale} stroke-width={1.5 / shrink} />
  </svg>;
}

function visible(scroller: HTMLElement): Frame {
  return { left: scroller.scrollLeft, top: scroller.scrollTop, width: scroller.clientWidth, height: scroller.clientHeight };
}
