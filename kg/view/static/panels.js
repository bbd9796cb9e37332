'use strict';

/** The details at the side: of an entity, an edge, a path, or of the whole graph. */
const Panels = (() => {
  const { head, fold, among, passingSet, hiddenNote, longList } = Parts;

  /** Shows what a state has selected. `go` changes the state. */
  function show(state, result, view, go) {
    const box = Dom.byId('details');
    const content =
      state.edge !== null
        ? edgePanel(state.edge, result, go)
        : state.path !== null
          ? pathPanel(state.path, view, go)
          : state.node !== null
            ? Entity.panel(state.node, state, result, view, go)
            : Overview.panel(result, view, go);
    Dom.fill(box, content);
    box.scrollTop = 0;
    box.dataset.kind =
      state.edge !== null ? 'edge' : state.path !== null ? 'path' : state.node !== null ? 'node' : 'overview';
  }

  // --- An edge: everything between its two ends ---

  function edgePanel(number, result, go) {
    const edge = Model.edges[number];
    const passing = passingSet(result);
    const all = Model.edges.filter(
      (other) =>
        (other.from === edge.from && other.to === edge.to) || (other.from === edge.to && other.to === edge.from),
    );
    const groups = all
      .map((other) => ({ edge: other, found: among(other.statements, passing) }))
      .filter((group) => group.found.length || group.edge === edge);
    groups.sort(
      (a, b) => (b.edge === edge) - (a.edge === edge) || b.found.length - a.found.length || a.edge.id - b.edge.id,
    );
    const hidden =
      all.reduce((sum, other) => sum + other.statements.length, 0) -
      groups.reduce((sum, group) => sum + group.found.length, 0);
    const every = groups.flatMap((group) => group.found);
    return [
      head(
        [Evidence.name(edge.from, go), ' and ', Evidence.name(edge.to, go)],
        Dom.count(every.length, 'statement', 'statements'),
        go,
      ),
      Dom.make(
        'div',
        { class: 'actions' },
        Dom.button('Copy as Turtle', () => Exports.copy(Exports.turtle(every), 'Turtle'), {
          class: 'plain small',
          icon: 'copy',
        }),
        Dom.button('Copy citations', () => Exports.copy(every.map(Exports.citation).join('\n'), 'Citations'), {
          class: 'plain small',
          icon: 'copy',
        }),
      ),
      groups.map((group) => relationGroup(group, group.edge === edge || groups.length <= 2, go)),
      hiddenNote(hidden, go),
    ];
  }

  function relationGroup({ edge, found }, open, go) {
    const arrow = Model.relations.get(edge.relation).symmetric ? '—' : '→';
    const title = `${Model.label(edge.from)} ${arrow} ${Model.relationLabel(edge.relation)} ${arrow} ${Model.label(edge.to)}`;
    const part = fold(title, found.length, () => Evidence.group(found, go), open);
    part.classList.add('relation-group');
    return part;
  }

  // --- A path ---

  function pathPanel([start, goal], view, go) {
    const title = ['From ', Evidence.name(start, go), ' to ', Evidence.name(goal, go)];
    if (!view.steps) return [head(title, 'No path over the statements that the filters leave', go)];
    const steps = view.steps.slice(1).map((node, turn) => {
      const before = view.steps[turn];
      const between = (view.around.get(before) || []).filter((item) => Views.other(item, before) === node);
      return Dom.make(
        'li',
        {},
        Dom.make('div', { class: 'step' }, Evidence.name(before, go), ' – ', Evidence.name(node, go)),
        longList(
          between.map((item) =>
            Dom.make(
              'li',
              {},
              Dom.make(
                'button',
                { type: 'button', class: 'row', on: { click: () => go({ edge: item.edge }) } },
                Look.line(item.status),
                Dom.make('span', {
                  class: 'name',
                  text: Views.sentence(item),
                }),
                Dom.make('span', { class: 'count', text: Dom.number(item.statements.length) }),
              ),
            ),
          ),
        ),
      );
    });
    return [
      head(title, Dom.count(view.steps.length - 1, 'step', 'steps'), go),
      Dom.make('ol', { class: 'path' }, steps),
    ];
  }

  return Object.freeze({ show });
})();
