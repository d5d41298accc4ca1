import type { Viewport } from '@xyflow/react';
import type { Box } from './places.ts';

export interface Size {
  width: number;
  height: number;
}

export const READABLE = 0.6; // zoom at which the words of a card can still be read: nothing we do goes below it unasked
const BEGINNING = 0.8; // zoom at which a large bot opens
const PHONE = 500; // pixels of the canvas below which a card is shown as large as it is
const MARGIN = 40; // pixels of the screen between a card and the canvas's edge
const FOOT = 72; // pixels at the lower edge, where the tools lie

/** What a bot is first seen as: the whole where it can be read, else its beginning, from the edge where one begins to read. */
export function firstView(boxes: readonly [Box, ...Box[]], start: Box, room: Size): Viewport {
  const all = around(boxes);
  const fits = Math.min(fitting(all, room), 1);
  const zoom = fits >= READABLE ? fits : room.width < PHONE ? 1 : BEGINNING;
  const x = along({ from: all.x, size: all.width, start: start.x }, { zoom, size: room.width, end: MARGIN });
  // What lies beside the view, far above or below, leaves no empty room in it
  const beside = boxes.filter((box) => box.x * zoom + x < room.width && (box.x + box.width) * zoom + x > 0);
  const seen = around([start, ...beside]);
  const y = along(
    { from: seen.y, size: seen.height, start: start.y + start.height / 2 },
    { zoom, size: room.height, end: FOOT, startAt: room.height / 3 },
  );
  return { zoom, x, y };
}

/** One direction: the middle where all has room, else the start at its place, without an empty margin before or behind. */
function along(
  bot: { from: number; size: number; start: number },
  room: { zoom: number; size: number; end: number; startAt?: number },
): number {
  const { zoom } = room;
  const free = room.size - MARGIN - room.end - bot.size * zoom;
  if (free >= 0) return MARGIN + free / 2 - bot.from * zoom;
  const wanted = (room.startAt ?? MARGIN) - bot.start * zoom;
  const [last, first] = [room.size - room.end - (bot.from + bot.size) * zoom, MARGIN - bot.from * zoom];
  return Math.min(Math.max(wanted, last), first);
}

/**
 * The view from which boxes are seen whole, the first above all: moved no farther than needed, farther away only where they
 * have no room otherwise, and never so far that they cannot be read. Boxes that are out of sight altogether come into the middle.
 */
export function viewWith(view: Viewport, boxes: readonly [Box, ...Box[]], room: Size): Viewport {
  const all = around(boxes);
  const near = Math.max(view.zoom, READABLE);
  const zoom = Math.min(near, Math.max(READABLE, fitting(all, room)));
  const zoomed = zoomedTo(view, zoom, room);
  if (boxes.every((box) => isOut(onScreen(box, view), room))) return centred(all, zoom, room);
  return inSight(inSight(zoomed, all, room), boxes[0], room);
}

const onScreen = ({ x, y, width, height }: Box, view: Viewport): Box => ({
  x: x * view.zoom + view.x,
  y: y * view.zoom + view.y,
  width: width * view.zoom,
  height: height * view.zoom,
});

const isOut = (box: Box, room: Size): boolean =>
  box.x >= room.width || box.x + box.width <= 0 || box.y >= room.height || box.y + box.height <= 0;

/** The view from which a box is seen whole, as large as it is, moved no farther than needed. */
export function inSight(view: Viewport, box: Box, room: Size): Viewport {
  const shown = onScreen(box, view);
  return {
    ...view,
    x: view.x + shift(shown.x, shown.width, { size: room.width, end: MARGIN }),
    y: view.y + shift(shown.y, shown.height, { size: room.height, end: FOOT }),
  };
}

/** How far what lies at `from` must move to be within; what is too large shows its beginning. */
function shift(from: number, size: number, room: { size: number; end: number }): number {
  const [least, most] = [MARGIN - from, room.size - room.end - size - from];
  if (least >= 0 || most < least) return least;
  return Math.min(0, most);
}

/** The middle of the canvas stays where it is. */
function zoomedTo(view: Viewport, zoom: number, room: Size): Viewport {
  if (zoom === view.zoom) return view;
  const [x, y] = [room.width / 2, room.height / 2];
  const by = zoom / view.zoom;
  return { zoom, x: x - (x - view.x) * by, y: y - (y - view.y) * by };
}

const centred = (box: Box, zoom: number, room: Size): Viewport => {
  const [width, height] = [room.width - MARGIN * 2, room.height - MARGIN - FOOT];
  // What has no room shows its beginning
  const [x, y] = [Math.max(0, width - box.width * zoom) / 2, Math.max(0, height - box.height * zoom) / 2];
  return { zoom, x: MARGIN + x - box.x * zoom, y: MARGIN + y - box.y * zoom };
};

const fitting = ({ width, height }: Size, room: Size): number =>
  Math.min((room.width - MARGIN * 2) / width, (room.height - MARGIN - FOOT) / height);

function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
