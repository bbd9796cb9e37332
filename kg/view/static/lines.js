'use strict';

/**
 * The lines of the picture. vis-network makes an object of every edge, which takes seconds for some thousand; here lines of one look are
 * one path. Lines between the same two fan out; each ends in an arrow at the rim of its dot.
 */
const Lines = (() => {
  /** Units between neighbouring lines of a fan, and the most that a fan may bulge, as a part of its length. */
  const FAN = 22;
  const BULGE = 0.7;
  const STEPS = 12;
  const CATCH = 7;
  /** From this many lines on, and below this scale, lines are drawn coarsely. */
  const MANY = 1500;
  const FAR = 0.36;
  let lines = [];
  let byId = new Map();
  let placeOf = null;

  /** Takes the edges to draw; `place` gives where an entity stands. */
  function set(items, place) {
    placeOf = place;
    const pairs = new Map();
    for (const item of items) {
      const key = item.from < item.to ? item.from * 1e6 + item.to : item.to * 1e6 + item.from;
      if (pairs.has(key)) pairs.get(key).push(item);
      else pairs.set(key, [item]);
    }
    lines = [];
    for (const group of pairs.values())
      group.forEach((item, turn) => lines.push(made(item, turn - (group.length - 1) / 2, group.length)));
    byId = new Map(lines.map((line) => [line.item.id, line]));
  }

  function made(item, offset, count) {
    return {
      item,
      offset: item.from < item.to ? offset : -offset,
      count,
      width: Look.edgeWidth(item),
      colour: Look.edgeTone(item),
      dashes: Look.STATUS.get(item.status).dashes,
      arrow: !Model.relations.get(item.relation).symmetric,
    };
  }

  /** Where a line runs: its ends at the rims of the dots, and the point that it bends towards. */
  function course(line, tip = 0) {
    const [a, b] = [placeOf(line.item.from), placeOf(line.item.to)];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const length = Math.hypot(dx, dy) || 1;
    const bend = 2 * line.offset * Math.min(FAN, (BULGE * length) / line.count);
    const via = { x: (a.x + b.x) / 2 - (dy / length) * bend, y: (a.y + b.y) / 2 + (dx / length) * bend };
    const start = rim(a, via, Model.nodes[line.item.from].size + 1);
    const point = rim(b, via, Model.nodes[line.item.to].size + 2);
    return {
      start,
      via,
      end: tip ? rim(b, via, Model.nodes[line.item.to].size + 2 + tip) : point,
      point,
      straight: line.offset === 0,
    };
  }

  function rim(centre, towards, radius) {
    const [dx, dy] = [towards.x - centre.x, towards.y - centre.y];
    const length = Math.hypot(dx, dy) || 1;
    const part = Math.min(radius, length * 0.9) / length;
    return { x: centre.x + dx * part, y: centre.y + dy * part };
  }

  /** Draws lines in units of the picture: those in `marked` fully, the others as pale as `rest` says. */
  function draw(context, scale, frame, marked, rest) {
    const size = Math.max(0.55, Math.min(1.25, scale)) / scale;
    const coarse = lines.length > MANY && scale < FAR;
    const [pale, full] = [[], []];
    for (const line of lines) if (inFrame(line, frame)) (marked && marked.has(line.item.id) ? full : pale).push(line);
    context.save();
    context.lineCap = 'butt';
    context.globalAlpha = rest;
    stroke(context, pale, size, coarse);
    context.globalAlpha = 1;
    stroke(context, full, size, false);
    context.restore();
  }

  function inFrame(line, frame) {
    const [a, b] = [placeOf(line.item.from), placeOf(line.item.to)];
    return (
      Math.max(a.x, b.x) > frame.left &&
      Math.min(a.x, b.x) < frame.right &&
      Math.max(a.y, b.y) > frame.top &&
      Math.min(a.y, b.y) < frame.bottom
    );
  }

  /** One path for all lines of one look. Coarse ones have neither dashes nor arrows, which nobody could see. */
  function stroke(context, list, size, coarse) {
    const looks = new Map();
    for (const line of list) {
      const key = coarse ? line.colour : `${line.colour}|${line.dashes}|${line.width.toFixed(1)}`;
      if (looks.has(key)) looks.get(key).push(line);
      else looks.set(key, [line]);
    }
    for (const group of looks.values()) {
      const { colour, dashes, width } = group[0];
      const courses = group.map((line) => ({
        ...course(line, line.arrow ? head(width) * size * 0.8 : 0),
        arrow: line.arrow,
      }));
      context.strokeStyle = Look.colours()[colour];
      context.fillStyle = context.strokeStyle;
      context.lineWidth = width * size;
      context.setLineDash(dashes && !coarse ? dashes.map((dash) => dash * size) : []);
      context.beginPath();
      for (const way of courses) trace(context, way);
      context.stroke();
      if (coarse) continue;
      context.beginPath();
      for (const way of courses) if (way.arrow) arrow(context, way, head(width) * size);
      context.fill();
    }
  }

  const head = (width) => 5.5 + 1.4 * width;

  function trace(context, { start, via, end, straight }) {
    context.moveTo(start.x, start.y);
    if (straight) context.lineTo(end.x, end.y);
    else context.quadraticCurveTo(via.x, via.y, end.x, end.y);
  }

  function arrow(context, { via, point }, size) {
    const length = Math.hypot(point.x - via.x, point.y - via.y) || 1;
    const [ux, uy] = [(point.x - via.x) / length, (point.y - via.y) / length];
    const [bx, by] = [point.x - ux * size, point.y - uy * size];
    context.moveTo(point.x, point.y);
    context.lineTo(bx - uy * size * 0.42, by + ux * size * 0.42);
    context.lineTo(bx + uy * size * 0.42, by - ux * size * 0.42);
    context.closePath();
  }

  const along = ({ start, via, point }, t) => ({
    x: (1 - t) ** 2 * start.x + 2 * t * (1 - t) * via.x + t ** 2 * point.x,
    y: (1 - t) ** 2 * start.y + 2 * t * (1 - t) * via.y + t ** 2 * point.y,
  });

  /** The middle of a line, null if it isn't shown. */
  const middle = (id) => (byId.has(id) ? along(course(byId.get(id)), 0.5) : null);

  /** The line at a point (in units of the picture, at a scale), null if none is near. */
  function at(point, scale) {
    let best = null;
    let least = CATCH / scale;
    for (const line of lines) {
      if (!near(line, point, least)) continue;
      const distance = away(course(line), point);
      if (distance < least) {
        least = distance;
        best = line.item;
      }
    }
    return best;
  }

  function near(line, point, reach) {
    const [a, b] = [placeOf(line.item.from), placeOf(line.item.to)];
    const room = reach + 2 * Math.abs(line.offset) * FAN;
    return (
      point.x > Math.min(a.x, b.x) - room &&
      point.x < Math.max(a.x, b.x) + room &&
      point.y > Math.min(a.y, b.y) - room &&
      point.y < Math.max(a.y, b.y) + room
    );
  }

  function away(way, point) {
    let least = Infinity;
    let last = way.start;
    for (let step = 1; step <= STEPS; step += 1) {
      const next = along(way, step / STEPS);
      least = Math.min(least, toSegment(point, last, next));
      last = next;
    }
    return least;
  }

  function toSegment(point, a, b) {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const part = Math.max(0, Math.min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(point.x - a.x - part * dx, point.y - a.y - part * dy);
  }

  /** Lines with their courses, for saving the picture. */
  const all = () => lines.map((line) => ({ ...line, ...course(line) }));

  return Object.freeze({ set, draw, middle, at, all });
})();
