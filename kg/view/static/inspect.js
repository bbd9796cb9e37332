'use strict';

/** Read-only, for tests and for the curious: what is shown, and where it is in the window. */
window.kgPage = Object.freeze({
  nodes: () =>
    Picture.places().nodes.map(({ id, x, y, radius }) => ({
      key: Model.nodes[id].key,
      label: Model.label(id),
      type: Model.nodes[id].type,
      x,
      y,
      radius,
    })),
  edges: () =>
    Picture.places().edges.map(({ item, x, y }) => ({
      subject: Model.nodes[item.from].key,
      relation: item.relation,
      object: Model.nodes[item.to].key,
      status: item.status,
      disputed: item.disputed,
      sources: item.sources,
      statements: item.statements.length,
      x,
      y,
    })),
  statements: () => App.result().passing.map((s) => s.id),
  labels: () =>
    Labels.current().map(({ text, left, right, top, bottom, kind }) => ({ text, left, right, top, bottom, kind })),
  csv: () => Exports.csv(App.result().passing),
  turtle: () => Exports.turtle(App.result().passing),
  svg: () => Exports.svg(),
});
