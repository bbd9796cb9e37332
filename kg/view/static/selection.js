'use strict';

/** What is meant in the picture when an entity, an edge or a path is selected. */
const Selection = (() => {
  /** Relations are written at the lines of an entity with at most so many. */
  const MOST_NAMED = 24;

  /** What a state has selected in a view, for `Picture.mark`; null for nothing. */
  function marks(state, view) {
    if (state.edge !== null) return ofEdge(Model.edges[state.edge], view);
    if (state.path && view.steps) return ofPath(view);
    return state.node !== null ? ofNode(state.node, view) : null;
  }

  function ofEdge(edge, view) {
    const meant = view.edges.filter((item) => item.edge === edge.id);
    const ids = meant.map((item) => item.id);
    const ends = [edge.from, edge.to, ...meant.flatMap((item) => [item.from, item.to])];
    return { nodes: new Set(ends), edges: new Set(ids), named: ids, edge: ids[0] };
  }

  function ofPath(view) {
    const key = (a, b) => (a < b ? `${a} ${b}` : `${b} ${a}`);
    const steps = new Set(view.steps.slice(1).map((node, turn) => key(view.steps[turn], node)));
    const ids = view.edges.filter((item) => steps.has(key(item.from, item.to))).map((item) => item.id);
    return { nodes: new Set(view.steps), edges: new Set(ids), named: ids };
  }

  function ofNode(node, view) {
    const near = view.edges.filter((item) => item.from === node || item.to === node);
    const ids = near.map((item) => item.id);
    const far = near.flatMap((item) => [item.from, item.to]);
    return {
      nodes: new Set([node, ...far]),
      edges: new Set(ids),
      named: ids.length <= MOST_NAMED ? ids : [],
      ring: node,
    };
  }

  return Object.freeze({ marks });
})();
