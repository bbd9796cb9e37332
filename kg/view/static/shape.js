'use strict';

/** The shape of the whole picture, which is laid out before anybody knows on what screen it will be seen. */
const Shape = (() => {
  /** How much the picture may be drawn out to fill its frame. */
  const DRAWN_OUT = 1.6;

  /** What part of the places at either end doesn't count: a few stand far out. */
  const STRAYS = 0.03;

  function reachOf(values) {
    const sorted = values.sort((a, b) => a - b);
    const cut = Math.floor(STRAYS * sorted.length);
    return sorted[sorted.length - 1 - cut] - sorted[cut];
  }

  /** Gives the first view the shape of its frame: a wide one is turned over its diagonal on an upright screen, and drawn out to fill it. */
  function fill({ clientWidth, clientHeight }, margin) {
    const first = Model.nodes.filter((node) => node.community !== null).slice(0, Model.first);
    let [width, height] = [reachOf(first.map((node) => node.x)), reachOf(first.map((node) => node.y))];
    if (!(width > 0 && height > 0 && clientWidth && clientHeight)) return;
    const turn = clientHeight > 1.25 * clientWidth && width > height;
    if (turn) [width, height] = [height, width];
    const room = (clientWidth - 2 * margin.x) / (clientHeight - margin.top - margin.bottom);
    const lack = room / (width / height);
    const [wider, higher] = [Math.min(Math.max(lack, 1), DRAWN_OUT), Math.min(Math.max(1 / lack, 1), DRAWN_OUT)];
    for (const node of Model.nodes) {
      const [x, y] = turn ? [node.y, node.x] : [node.x, node.y];
      [node.x, node.y] = [Math.round(x * wider), Math.round(y * higher)];
    }
  }

  return Object.freeze({ fill });
})();
