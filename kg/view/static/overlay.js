'use strict';

/** What is drawn over vis-network's dots: glyphs, rings, veils, signs of dispute, and names. */
const Overlay = (() => {
  /** Pixels of the page instead of units of the picture. */
  function onScreen(context, draw) {
    const ratio = context.canvas.width / context.canvas.clientWidth;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(context.canvas.clientWidth, context.canvas.clientHeight);
    context.restore();
  }

  /**
   * Draws over a scene: {view, items, marked, hovered, scale, placeOf, toScreen}, where `marked` and `hovered` say what is meant and pointed at.
   */
  function draw(context, scene) {
    const colours = Look.colours();
    for (const id of scene.view.nodes) drawDot(context, scene, id, colours);
    drawDisputes(context, scene, colours);
    onScreen(context, (width, height) => {
      Labels.place(context, dotsOnScreen(scene, width, height), linesOnScreen(scene), width, height);
      Labels.paint(context, colours);
    });
  }

  const isFaint = ({ marked }, id) => marked !== null && !marked.nodes.has(id);

  /** What a dot has beyond its disc: a glyph, a ring, or a veil. */
  function drawDot(context, scene, id, colours) {
    const { scale, placeOf, marked, hovered } = scene;
    const node = Model.nodes[id];
    const { x, y } = placeOf(id);
    if (isFaint(scene, id)) disc(context, x, y, node.size + 0.7, colours.ground, 0.8);
    else if (node.size * scale >= 6.5) glyph(context, node, x, y, colours);
    if (id === hovered.node || (marked && marked.ring === id)) {
      context.beginPath();
      context.arc(x, y, node.size + 3.5 / scale, 0, 2 * Math.PI);
      context.strokeStyle = colours.accent;
      context.lineWidth = 2.5 / scale;
      context.stroke();
    }
  }

  function disc(context, x, y, radius, colour, alpha = 1) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.globalAlpha = alpha;
    context.fillStyle = colour;
    context.fill();
    context.globalAlpha = 1;
  }

  function glyph(context, node, x, y, colours) {
    const size = (node.size * 1.25) / 24;
    context.save();
    context.translate(x - 12 * size, y - 12 * size);
    context.scale(size, size);
    context.fillStyle = colours.glyph;
    context.fill(Look.glyph(node.type), 'evenodd');
    context.restore();
  }

  /** A red sign in the middle of lines that some deny and others state. */
  function drawDisputes(context, { view, scale, marked }, colours) {
    if (view.edges.length > 350 && !marked && scale < 0.9) return;
    const radius = 5.5 / Math.max(scale, 0.8);
    for (const item of view.edges) {
      if (!item.disputed || (marked && !marked.edges.has(item.id))) continue;
      const { x, y } = Lines.middle(item.id);
      disc(context, x, y, radius, colours.negated);
      context.beginPath();
      context.moveTo(x - radius / 2, y);
      context.lineTo(x + radius / 2, y);
      context.strokeStyle = colours.ground;
      context.lineWidth = radius / 3;
      context.stroke();
    }
  }

  function dotsOnScreen(scene, width, height) {
    const { view, scale, marked, hovered, placeOf, toScreen } = scene;
    const found = [];
    for (const id of view.nodes) {
      const { x, y } = toScreen(placeOf(id));
      if (x < -60 || y < -30 || x > width + 60 || y > height + 30) continue;
      const strong = id === hovered.node || (marked !== null && id === marked.ring);
      found.push({
        id,
        x,
        y,
        r: Model.nodes[id].size * scale,
        text: Model.label(id),
        slanted: Model.nodes[id].unnamed,
        strong,
        faint: isFaint(scene, id),
      });
    }
    const rank = (dot) => (dot.strong ? 0 : dot.faint ? 2 : 1);
    return found.sort((a, b) => rank(a) - rank(b) || Model.nodes[b.id].size - Model.nodes[a.id].size || a.id - b.id);
  }

  function linesOnScreen({ items, marked, hovered, toScreen }) {
    const wanted = new Set(marked ? marked.named : []);
    if (hovered.edge !== null) wanted.add(hovered.edge);
    return [...wanted]
      .filter((id) => items.has(id))
      .map((id) => ({
        id,
        ...toScreen(Lines.middle(id)),
        text: Model.relationLabel(items.get(id).relation),
        strong: id === hovered.edge || (marked !== null && id === marked.edge),
        marked: items.get(id).disputed,
      }));
  }

  return Object.freeze({ draw });
})();
