'use strict';

/**
 * The picture. vis-network keeps the dots, at places that are given (no physics), and lets one pan, zoom, point and drag; lines, names, glyphs
 * and grounds are drawn around that. Selecting changes nothing in the network: what isn't meant is drawn paler.
 */
const Picture = (() => {
  const MARGIN = { x: 64, top: 36, bottom: 60 };
  const dots = new vis.DataSet();
  const signatures = new Map();
  const dragged = new Map();
  let network = null;
  let view = { nodes: new Set(), edges: [], places: new Map() };
  let marked = null;
  let hovered = { node: null, edge: null };
  let items = new Map();
  let size = '';
  /** Nothing is drawn around the dots before the picture is where it is meant to be. */
  let fitted = false;

  /** `listeners` are called with what one points at: node, edge, ground, open (a double click), hover. */
  function start(listeners) {
    const box = Dom.byId('picture');
    Shape.fill(box, MARGIN);
    network = new vis.Network(box, { nodes: dots, edges: new vis.DataSet() }, options());
    network.on('beforeDrawing', drawUnder);
    network.on('afterDrawing', drawOver);
    network.on('click', (event) => clicked(event, listeners));
    network.on('doubleClick', (event) => {
      const node = nodeAt(event.pointer.DOM);
      if (node !== null) listeners.open(node);
    });
    network.on('dragging', (event) => event.nodes.forEach((id) => dragged.set(id, network.getPosition(id))));
    network.on('dragEnd', (event) => event.nodes.forEach(keepPlace));
    listenToHover(box, listeners);
    new ResizeObserver(resized).observe(box);
  }

  function options() {
    return {
      autoResize: true,
      physics: false,
      layout: { improvedLayout: false },
      nodes: { shape: 'dot', borderWidth: 1.5, labelHighlightBold: false, chosen: false },
      interaction: {
        hover: false,
        selectConnectedEdges: false,
        tooltipDelay: 1e6,
        keyboard: false,
        multiselect: false,
        zoomSpeed: 0.7,
      },
    };
  }

  /** Draws anew with the next frame, however often it is asked for before; what vis-network itself asks for counts too. */
  const redraw = () => network.body.emitter.emit('_requestRedraw');

  /** The picture fits its new frame, unless nothing has been drawn yet: then it is about to be. */
  function resized([
    {
      contentRect: { width, height },
    },
  ]) {
    const now = `${width} ${height}`;
    if (size && size !== now) network.redraw();
    size = now;
  }

  function keepPlace(id) {
    const place = network.getPosition(id);
    dragged.delete(id);
    if (view.places.has(id)) view.places.set(id, place);
    else Object.assign(Model.nodes[id], place);
    signatures.delete(id);
    redraw();
  }

  /** Where an entity stands now, in units of the picture. */
  const placeOf = (id) => dragged.get(id) || view.places.get(id) || Model.nodes[id];

  // --- What is shown ---

  /** Shows a view. Only dots that differ from those before are changed. */
  function show(next) {
    view = next;
    items = new Map(view.edges.map((item) => [item.id, item]));
    hovered = { node: null, edge: null };
    Lines.set(view.edges, placeOf);
    const gone = dots.getIds().filter((id) => !view.nodes.has(id));
    if (gone.length) {
      dots.remove(gone);
      gone.forEach((id) => signatures.delete(id));
    }
    const changed = [...view.nodes].filter(isNew).map(dot);
    if (changed.length) dots.update(changed);
    redraw();
  }

  function isNew(id) {
    const { x, y } = placeOf(id);
    const signature = `${x}|${y}|${Look.colours().dark}`;
    if (signatures.get(id) === signature) return false;
    signatures.set(id, signature);
    return true;
  }

  function dot(id) {
    const node = Model.nodes[id];
    const { x, y } = placeOf(id);
    return {
      id,
      x,
      y,
      size: node.size,
      color: { background: Look.typeColour(node.type), border: Look.colours().ground },
    };
  }

  /** Marks entities and edges; the rest is drawn paler. `ring` is the entity in question, `named` the edges whose relation is written. */
  function mark(what) {
    marked = what && { named: [], ring: null, ...what };
    redraw();
  }

  // --- Drawing ---

  function frame() {
    const { clientWidth, clientHeight } = Dom.byId('picture');
    const [low, high] = [network.DOMtoCanvas({ x: 0, y: 0 }), network.DOMtoCanvas({ x: clientWidth, y: clientHeight })];
    return { left: low.x, top: low.y, right: high.x, bottom: high.y };
  }

  /** Many lines are drawn paler, so that the dots stand out. */
  const strength = () => (marked ? 0.13 : view.edges.length > 2000 ? 0.35 : view.edges.length > 900 ? 0.5 : view.edges.length > 350 ? 0.7 : 1);

  function drawUnder(context) {
    if (!fitted) return;
    Regions.draw(context, marked ? 0.5 : 1);
    const meant = marked ? new Set(marked.edges) : new Set();
    if (hovered.edge !== null) meant.add(hovered.edge);
    Lines.draw(context, network.getScale(), frame(), meant, strength());
  }

  function drawOver(context) {
    if (!fitted) return;
    Overlay.draw(context, { view, items, marked, hovered, scale: network.getScale(), placeOf, toScreen });
  }

  // --- Pointing ---

  function nodeAt(point) {
    const id = network.getNodeAt(point);
    return id === undefined ? Labels.at(point.x, point.y) : id;
  }

  const lineAt = (point) => Lines.at(network.DOMtoCanvas(point), network.getScale());

  function clicked(event, listeners) {
    const node = nodeAt(event.pointer.DOM);
    const item = node === null ? lineAt(event.pointer.DOM) : null;
    if (node !== null) listeners.node(node);
    else if (item) listeners.edge(item);
    else listeners.ground();
  }

  function listenToHover(box, listeners) {
    let last = null;
    let asked = 0;
    const look = () => {
      asked = 0;
      const node = last && nodeAt(last);
      const item = last && node === null ? lineAt(last) : null;
      if (node !== hovered.node || (item ? item.id : null) !== hovered.edge) {
        hovered = { node, edge: item ? item.id : null };
        redraw();
      }
      listeners.hover(node, item, last);
    };
    const moved = (event) => {
      const frame = box.getBoundingClientRect();
      last =
        event.buttons || event.pointerType === 'touch'
          ? null
          : { x: event.clientX - frame.left, y: event.clientY - frame.top };
      if (!asked) asked = requestAnimationFrame(look);
    };
    box.addEventListener('pointermove', moved);
    box.addEventListener('pointerleave', () => {
      last = null;
      if (!asked) asked = requestAnimationFrame(look);
    });
  }

  // --- Moving about ---

  const reduced = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
  const smoothly = (duration) => (reduced() ? false : { duration, easingFunction: 'easeInOutQuad' });

  /** Pixels at the bottom that the sheet of details covers on a narrow screen. */
  function covered() {
    const [sheet, box] = [Dom.byId('details').getBoundingClientRect(), Dom.byId('picture').getBoundingClientRect()];
    return sheet.height && sheet.left < box.right - 1 ? Math.max(0, box.bottom - sheet.top) : 0;
  }

  /** Brings a box around entities into what can be seen of the picture, at `most` that scale. */
  function bring(ids, most, animation) {
    const { clientWidth: width, clientHeight } = Dom.byId('picture');
    const height = clientHeight - covered();
    fitted = true;
    if (!ids.length || !width || height < 80) return;
    const [xs, ys] = [ids.map((id) => placeOf(id).x), ids.map((id) => placeOf(id).y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const scale = Math.min(
      (width - 2 * MARGIN.x) / Math.max(right - left, 1),
      Math.max(height - MARGIN.top - MARGIN.bottom, 60) / Math.max(bottom - top, 1),
      most,
    );
    network.moveTo({
      position: { x: (left + right) / 2, y: (top + bottom) / 2 },
      scale,
      offset: { x: 0, y: (height - clientHeight + MARGIN.top - MARGIN.bottom) / 2 },
      animation,
    });
  }

  /** Shows all of these entities (or all that there are), with room for their names around them. */
  function fit(ids = null, animation = true) {
    bring(ids ? [...ids] : [...view.nodes], ids ? 1.1 : 1.3, animation && smoothly(350));
  }

  /** Moves the picture so that these entities can be seen, if one of them is outside. */
  function reveal(...ids) {
    const { clientWidth: width, clientHeight } = Dom.byId('picture');
    const outside = ids.some((id) => {
      const { x, y } = network.canvasToDOM(placeOf(id));
      return x < 40 || y < 40 || x > width - 40 || y > clientHeight - covered() - 40;
    });
    if (outside) bring(ids, network.getScale(), smoothly(300));
  }

  function zoom(factor) {
    network.moveTo({ scale: Math.max(0.05, Math.min(6, network.getScale() * factor)), animation: smoothly(160) });
  }

  /** The nearest entity in a direction from another one, null if there is none. */
  function next(from, dx, dy) {
    const here = placeOf(from);
    let best = null;
    for (const id of view.nodes) {
      const place = placeOf(id);
      const [x, y] = [place.x - here.x, place.y - here.y];
      const ahead = x * dx + y * dy;
      const aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (id === from || ahead <= 0 || aside > ahead * 1.5) continue;
      if (!best || ahead + 2 * aside < best.cost) best = { id, cost: ahead + 2 * aside };
    }
    return best && best.id;
  }

  const toScreen = (point) => network.canvasToDOM(point);

  /** Where things are, in pixels of the window; for tests. */
  function places() {
    const box = Dom.byId('picture').getBoundingClientRect();
    const at = (point) => {
      const { x, y } = toScreen(point);
      return { x: x + box.left, y: y + box.top };
    };
    return {
      nodes: [...view.nodes].map((id) => ({
        id,
        ...at(placeOf(id)),
        radius: Model.nodes[id].size * network.getScale(),
      })),
      edges: view.edges.map((item) => ({ item, ...at(Lines.middle(item.id)) })),
    };
  }

  return Object.freeze({
    start,
    show,
    mark,
    fit,
    zoom,
    reveal,
    next,
    places,
    placeOf,
    toScreen,
    redraw,
    scale: () => network.getScale(),
    current: () => view,
    repaint: () => show(view),
    hasFocus: () => document.activeElement === Dom.byId('picture'),
  });
})();
