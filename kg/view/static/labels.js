'use strict';

/**
 * Names in the picture, as on a map: drawn in pixels of the screen, the most important first, each where it covers no other.
 * What finds no room is left out until one zooms in.
 */
const Labels = (() => {
  const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
  /** Code points of a name, and of one where many are on the screen. */
  const LONGEST = 30;
  const SHORTER = 20;
  const CROWD = 140;
  const MOST = 420;
  const CELL = 64;
  const GAP = 6;
  const widths = new Map();
  let placed = [];

  const short = (text, longest = LONGEST) => {
    const letters = Array.from(text.slice(0, longest * 4));
    return letters.length > longest
      ? `${letters
          .slice(0, longest - 1)
          .join('')
          .trimEnd()}…`
      : text;
  };

  function width(context, font, text) {
    const key = `${font}|${text}`;
    if (!widths.has(key)) {
      context.font = font;
      widths.set(key, context.measureText(text).width);
    }
    return widths.get(key);
  }

  /** Rectangles that are taken, found by the cells they lie in. */
  class Taken {
    constructor() {
      this.cells = new Map();
    }

    *keys(box) {
      for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x += 1) {
        for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y += 1) yield x * 100003 + y;
      }
    }

    /** Is a box free of whatever is of its size or larger? Small dots don't keep the name of a large one away. */
    free(box, own) {
      for (const key of this.keys(box)) {
        for (const other of this.cells.get(key) || []) {
          if (
            other.node !== own &&
            other.size >= box.size &&
            box.left < other.right &&
            box.right > other.left &&
            box.top < other.bottom &&
            box.bottom > other.top
          )
            return false;
        }
      }
      return true;
    }

    add(box) {
      for (const key of this.keys(box)) {
        if (this.cells.has(key)) this.cells.get(key).push(box);
        else this.cells.set(key, [box]);
      }
    }
  }

  const boxAt = (x, y, w, h, node, gap = GAP) => ({
    left: x - w / 2 - gap,
    right: x + w / 2 + gap,
    top: y - h / 2 - gap / 3,
    bottom: y + h / 2 + gap / 3,
    node,
    x,
    y,
  });

  /** The middle of a name below or above a dot, moved a little where it would leave the screen. */
  const within = (x, w, width) => {
    const half = w / 2 + GAP + 1;
    return Math.max(x - w / 2, Math.min(x + w / 2, Math.max(half, Math.min(width - half, x))));
  };

  /** Where a name of w by h pixels may stand beside a dot. */
  const spots = (dot, w, h, width) => [
    [within(dot.x, w, width), dot.y + dot.r + h / 2 + 2],
    [within(dot.x, w, width), dot.y - dot.r - h / 2 - 2],
    [dot.x + dot.r + w / 2 + 5, dot.y],
    [dot.x - dot.r - w / 2 - 5, dot.y],
    [dot.x + dot.r + w / 2, dot.y + dot.r + h / 2],
    [dot.x - dot.r - w / 2, dot.y + dot.r + h / 2],
    [dot.x + dot.r + w / 2, dot.y - dot.r - h / 2],
    [dot.x - dot.r - w / 2, dot.y - dot.r - h / 2],
  ];

  const sizeOf = (dot) => Math.round(Math.max(11, Math.min(16, 10 + dot.r * 0.22)));

  /**
   * Places names. `dots` are {id, x, y, r, text, slanted, strong, faint} in pixels in order of importance; `lines` are {id, x, y, text} names of edges.
   */
  function place(context, dots, lines, width, height) {
    const taken = new Taken();
    placed = [];
    for (const dot of dots)
      if (dot.r > 3) taken.add({ ...boxAt(dot.x, dot.y, dot.r * 1.8, dot.r * 1.8, dot.id, 0), size: dot.r });
    const longest = dots.length > CROWD ? SHORTER : LONGEST;
    for (const dot of dots.slice(0, MOST)) placeDot(context, taken, dot, { width, height, longest });
    for (const line of lines) placeLine(context, taken, line);
    return placed;
  }

  const inside = (box, frame) => box.left > 0 && box.right < frame.width && box.top > 0 && box.bottom < frame.height;

  function placeDot(context, taken, dot, frame) {
    const size = sizeOf(dot);
    const font = `${dot.slanted ? 'italic ' : ''}${dot.strong ? 600 : dot.r > 11 ? 500 : 400} ${size}px ${FAMILY}`;
    const text = short(dot.text, dot.strong ? LONGEST : frame.longest);
    const w = width(context, font, text);
    const tries = spots(dot, w, size, frame.width);
    const boxes = tries.map(([x, y]) => ({ ...boxAt(x, y, w, size, dot.id), size: dot.r * 0.7 }));
    const at =
      boxes.find((box) => inside(box, frame) && taken.free(box, dot.id)) ||
      (dot.strong ? boxes.find((box) => inside(box, frame)) || boxes[0] : null);
    if (!at) return;
    taken.add({ ...at, node: null, size: Infinity });
    placed.push({ ...at, text, font, size, strong: dot.strong, faint: dot.faint, kind: 'node' });
  }

  function placeLine(context, taken, line) {
    const font = `500 11px ${FAMILY}`;
    const text = short(line.text);
    const w = width(context, font, text);
    const rows = line.marked ? [-14, 14, -28, 28] : [0, -13, 13, -26, 26];
    const at = (line.strong ? [...rows, -40, 40, -54, 54] : rows)
      .map((dy) => ({ ...boxAt(line.x, line.y + dy, w + 6, 13, null), size: 0 }))
      .find((box) => taken.free(box, line.id));
    if (!at && !line.strong) return;
    const box = at || boxAt(line.x, line.y, w + 6, 13, null);
    taken.add({ ...box, size: Infinity });
    placed.push({ ...box, text, font, size: 11, strong: line.strong, kind: 'edge', edge: line.id });
  }

  function paint(context, colours) {
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    for (const name of placed) {
      context.font = name.font;
      context.globalAlpha = name.faint ? 0.28 : 1;
      context.strokeStyle = colours.ground;
      context.lineWidth = name.kind === 'edge' ? 5 : 3.5;
      context.strokeText(name.text, name.x, name.y);
      context.fillStyle = name.kind === 'edge' ? colours.quiet : colours.text;
      context.fillText(name.text, name.x, name.y);
    }
    context.globalAlpha = 1;
  }

  /** The node whose name is at a point, or null. */
  function at(x, y) {
    const hit = placed.find(
      (name) => name.kind === 'node' && x >= name.left && x <= name.right && y >= name.top && y <= name.bottom,
    );
    return hit ? hit.node : null;
  }

  return Object.freeze({ place, paint, at, short, current: () => placed, FAMILY });
})();
