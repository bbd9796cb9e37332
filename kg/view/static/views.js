'use strict';

/** What the picture shows of the statements that pass the filters: which entities and edges, and where. No drawing here. */
const Views = (() => {
  const STATUSES = ['asserted', 'claimed', 'possible', 'planned', 'wanted', 'negated'];
  const MOST_EXPANDED = 120;
  const RING = { first: 190, step: 120, room: 104, stretch: 1.3 };

  /**
   * Edges to draw, each with the passing statements behind it. With `things`, an edge whose statements have a theme runs through it.
   */
  function drawnEdges(statements, things) {
    const drawn = new Map();
    for (const s of statements) {
      if (s.edge === null) continue;
      const edge = Model.edges[s.edge];
      if (things && s.theme !== null && s.family !== 'ROLE' && s.theme !== edge.from && s.theme !== edge.to) {
        collect(drawn, `${s.edge}>${s.theme}`, edge, s.subject, s.theme, s).thing = s.theme;
        collect(drawn, `${s.theme}>${s.edge}`, edge, s.theme, s.object, s).thing = s.theme;
      } else collect(drawn, `${s.edge}`, edge, edge.from, edge.to, s);
    }
    for (const item of drawn.values()) settle(item);
    return [...drawn.values()];
  }

  function collect(drawn, id, edge, from, to, statement) {
    let item = drawn.get(id);
    if (!item) drawn.set(id, (item = { id, edge: edge.id, relation: edge.relation, from, to, statements: [] }));
    item.statements.push(statement);
    return item;
  }

  /** How an edge stands: as the strongest of its statements; disputed if some deny what others say. */
  function settle(item) {
    const found = item.statements.map((s) => STATUSES.indexOf(s.status));
    item.status = STATUSES[Math.min(...found)];
    item.disputed = item.status !== 'negated' && found.includes(STATUSES.length - 1);
    item.sources = new Set(item.statements.map((s) => Model.documents[s.document].origin)).size;
  }

  /** For each entity, its edges. */
  function neighbours(edges) {
    const map = new Map();
    const add = (node, item) => {
      if (map.has(node)) map.get(node).push(item);
      else map.set(node, [item]);
    };
    for (const item of edges) {
      add(item.from, item);
      add(item.to, item);
    }
    return map;
  }

  /** What an edge says, in words; of one that leads on from a thing (*Iran supplies drones*, *drones → Russia*), where to. */
  const sentence = ({ from, to, relation, thing }) =>
    thing !== undefined && thing === from
      ? `${Model.label(from)} → ${Model.label(to)}`
      : `${Model.label(from)} ${Model.relationLabel(relation)} ${Model.label(to)}`;

  const other = (item, node) => (item.from === node ? item.to : item.from);

  /** Entities within `hops` edges of a start, nearest and best-evidenced first, with their distance and the one before them. */
  function reach(around, start, hops, limit) {
    const found = new Map([[start, { distance: 0, before: null }]]);
    let layer = [start];
    for (let distance = 1; distance <= hops && layer.length; distance += 1) {
      const next = new Map();
      for (const node of layer) {
        for (const item of around.get(node) || []) {
          const far = other(item, node);
          if (!found.has(far) && !next.has(far)) next.set(far, node);
        }
      }
      layer = [...next.keys()].sort((a, b) => a - b).slice(0, Math.max(limit - found.size, 0));
      for (const node of layer) found.set(node, { distance, before: next.get(node) });
    }
    return found;
  }

  /** A shortest path between two entities over these edges, as a list of entities; null if there is none. */
  function path(around, start, goal) {
    if (start === goal) return [start];
    const before = new Map([[start, null]]);
    let layer = [start];
    while (layer.length && !before.has(goal)) {
      const next = [];
      for (const node of layer) {
        const reached = new Set((around.get(node) || []).map((item) => other(item, node)));
        for (const far of [...reached].sort((a, b) => a - b))
          if (!before.has(far)) {
            before.set(far, node);
            next.push(far);
          }
      }
      layer = next;
    }
    if (!before.has(goal)) return null;
    const steps = [];
    for (let node = goal; node !== null; node = before.get(node)) steps.unshift(node);
    return steps;
  }

  /**
   * The view for a state: entities and edges to draw, places that differ from the usual ones, and how much more there is.
   * Entities are numbered by rank, so the smallest numbers are the best-evidenced.
   */
  function choose(statements, state) {
    const edges = drawnEdges(statements, state.things);
    const around = neighbours(edges);
    const connected = [...around.keys()].sort((a, b) => a - b);
    const steps = state.path ? path(around, state.path[0], state.path[1]) : null;
    let nodes;
    let places = new Map();
    if (state.focus !== null) {
      const reached = reach(around, state.focus, state.hops, state.limit);
      for (const open of state.open) reachFurther(reached, around, open);
      nodes = new Set(reached.keys());
      places = radial(reached, state.focus);
    } else {
      nodes = new Set(connected.slice(0, state.limit));
      if (state.lone)
        for (const node of Model.nodes)
          if (!around.has(node.id) && nodes.size < 4 * state.limit && visible(node.id, statements)) nodes.add(node.id);
    }
    if (state.focus === null) for (const open of state.open) expand(nodes, around, open);
    for (const node of [...(steps || []), ...(state.path || [])]) nodes.add(node);
    if (state.node !== null) nodes.add(state.node);
    if (state.edge !== null) {
      nodes.add(Model.edges[state.edge].from);
      nodes.add(Model.edges[state.edge].to);
    }
    const shown = edges.filter((item) => nodes.has(item.from) && nodes.has(item.to));
    dropLonely(nodes, shown, state);
    if (state.things) between(places, nodes, shown);
    return { nodes, edges: shown, places, around, steps, connected: connected.length, statements: count(shown) };
  }

  function reachFurther(reached, around, open) {
    if (!reached.has(open)) return;
    const { distance } = reached.get(open);
    const far = [...new Set((around.get(open) || []).map((item) => other(item, open)))].sort((a, b) => a - b);
    for (const node of far.slice(0, MOST_EXPANDED))
      if (!reached.has(node)) reached.set(node, { distance: distance + 1, before: open });
  }

  function visible(node, statements) {
    if (!visible.cache || visible.of !== statements) {
      visible.of = statements;
      visible.cache = new Set(statements.map((s) => s.subject));
    }
    return visible.cache.has(node);
  }

  function expand(nodes, around, open) {
    nodes.add(open);
    const far = [...new Set((around.get(open) || []).map((item) => other(item, open)))].sort((a, b) => a - b);
    for (const node of far.slice(0, MOST_EXPANDED)) nodes.add(node);
  }

  /** Entities whose neighbours aren't shown stay away unless asked for. */
  function dropLonely(nodes, shown, state) {
    if (state.lone) return;
    const kept = new Set([state.node, state.focus, ...(state.path || [])]);
    for (const item of shown) {
      kept.add(item.from);
      kept.add(item.to);
    }
    for (const node of [...nodes]) if (!kept.has(node)) nodes.delete(node);
  }

  const count = (edges) => edges.reduce((sum, item) => sum + item.statements.length, 0);

  /** Things stand amid those between whom they pass, on the nearest spot that is free. */
  function between(places, nodes, shown) {
    const ends = new Map();
    const add = (thing, end) => {
      if (ends.has(thing)) ends.get(thing).push(end);
      else ends.set(thing, [end]);
    };
    for (const item of shown) {
      if (item.thing === item.to) add(item.to, item.from);
      else if (item.thing === item.from) add(item.from, item.to);
    }
    const placeOf = (node) => places.get(node) || Model.nodes[node];
    const taken = [...nodes].filter((node) => !ends.has(node)).map(placeOf);
    for (const [thing, around] of ends) {
      const middle = { x: mean(around.map((node) => placeOf(node).x)), y: mean(around.map((node) => placeOf(node).y)) };
      const spot = free(middle, taken);
      taken.push(spot);
      places.set(thing, spot);
    }
  }

  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

  function free(middle, taken) {
    for (let turn = 0; ; turn += 1) {
      const [radius, angle] = [18 * Math.sqrt(turn), turn * 2.4];
      const spot = {
        x: Math.round(middle.x + 1.3 * radius * Math.cos(angle)),
        y: Math.round(middle.y + radius * Math.sin(angle)),
      };
      if (taken.every((other) => Math.abs(other.x - spot.x) > 70 || Math.abs(other.y - spot.y) > 48)) return spot;
    }
  }

  /** Places on rings around a centre: nearer entities on inner rings, each as far as possible in its usual direction. */
  function radial(reached, centre) {
    const places = new Map([[centre, { x: 0, y: 0 }]]);
    const home = Model.nodes[centre];
    const angles = new Map();
    const waiting = [...reached].filter(([node]) => node !== centre);
    for (const [node, { distance, before }] of waiting) {
      const from = distance === 1 ? home : Model.nodes[before];
      const own = Math.atan2(Model.nodes[node].y - from.y, Model.nodes[node].x - from.x);
      angles.set(node, distance === 1 ? own : angles.get(before) + 0.001 * own);
    }
    let radius = RING.first;
    let distance = 1;
    while (waiting.length) {
      const room = Math.max(6, Math.floor((2 * Math.PI * radius) / RING.room));
      const fitting = waiting.filter(([, found]) => found.distance === distance).slice(0, room);
      if (!fitting.length) {
        distance += 1;
        continue;
      }
      onRing(
        places,
        fitting.map(([node]) => node).sort((a, b) => angles.get(a) - angles.get(b)),
        radius,
        angles,
      );
      waiting.splice(0, waiting.length, ...waiting.filter((entry) => !fitting.includes(entry)));
      radius += RING.step;
    }
    return places;
  }

  function onRing(places, nodes, radius, angles) {
    const start = angles.get(nodes[0]);
    nodes.forEach((node, turn) => {
      const angle = start + (2 * Math.PI * turn) / nodes.length;
      angles.set(node, angle);
      places.set(node, {
        x: Math.round(RING.stretch * radius * Math.cos(angle)),
        y: Math.round(radius * Math.sin(angle)),
      });
    });
  }

  return Object.freeze({ choose, drawnEdges, neighbours, path, reach, other, sentence, STATUSES });
})();
