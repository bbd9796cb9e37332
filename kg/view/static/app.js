'use strict';

/** One state, one way to change it (`go`), one way to show it (`render`). */
const App = (() => {
  let state = Address.initial();
  let result = null;
  let view = null;
  let resultOf = null;

  /**
   * Changes the state and shows it. Besides parts of the state, `change` may hold commands: `reset` (the filters), `expand` (an entity),
   * `article` (show only that one).
   */
  function go(change, { push = true, fit = false } = {}) {
    Timeline.stop();
    apply(change, push, fit);
  }

  function apply(change, push, fit) {
    const before = state;
    state = settled({ ...state, ...commands(change) }, change);
    Address.put(state, push);
    render(before, fit);
  }

  function commands({ reset, expand, article, ...change }) {
    if (reset) change.filters = Filters.none();
    if (expand !== undefined) change.open = [...state.open.filter((node) => node !== expand), expand];
    if (article !== undefined) change.filters = { ...state.filters, article: new Set([article]) };
    return change;
  }

  /** What is selected last wins; what needs a wider view than a neighbourhood leaves it. */
  function settled(next, change) {
    if (change.node !== undefined && change.node !== null) Object.assign(next, { edge: null, path: null });
    if (change.edge !== undefined && change.edge !== null) Object.assign(next, { path: null, node: null });
    if (change.path) Object.assign(next, { edge: null, node: null, focus: null });
    if (change.focus !== undefined && change.focus !== null)
      Object.assign(next, { edge: null, path: null, node: change.focus });
    if (next.focus !== null && next.node !== null && change.focus === undefined && view && !view.nodes.has(next.node))
      next.focus = null;
    return next;
  }

  function render(before, fit) {
    if (resultOf !== state.filters) {
      resultOf = state.filters;
      result = Filters.evaluate(state.filters);
    }
    const old = view;
    view = Views.choose(result.passing, state);
    Dom.byId('graph').hidden = state.table;
    Dom.byId('table').hidden = !state.table;
    Dom.byId('view-graph').setAttribute('aria-pressed', String(!state.table));
    Dom.byId('view-table').setAttribute('aria-pressed', String(state.table));
    Frame.showSheet(state);
    if (
      !Timeline.isPlaying() &&
      !same(before, state, ['node', 'edge', 'path', 'filters', 'focus', 'hops', 'open', 'limit'])
    )
      Panels.show(state, result, view, go);
    if (!state.table) showPicture(before, old, fit);
    else Table.show(result.passing, go);
    Facets.show(state, result.counts);
    Facets.chips(state, choose, setValue);
    Timeline.show(result.timed, state.filters);
    sayStatus();
    if (before) saySelection(before);
  }

  const same = (a, b, names) => a !== null && names.every((name) => a[name] === b[name]);

  function showPicture(before, old, fit) {
    Picture.show(view);
    const meant = Selection.marks(state, view);
    Picture.mark(meant);
    const empty = Dom.byId('empty');
    empty.hidden = view.nodes.size > 0;
    if (view.nodes.size === 0) showEmpty(empty);
    Regions.find(state.things || state.focus !== null || Filters.active(state.filters) ? [] : [...view.nodes]);
    look(before, meant, fit || !before || (before.table && !old));
  }

  /** Moves the picture to what is new in it. */
  function look(before, meant, fit) {
    const changed = (...names) => !same(before, state, names);
    if (state.path && view.steps && changed('path')) Picture.fit(view.steps, Boolean(before));
    // Of a small screen the details leave too little to show everything.
    else if (fit || changed('focus', 'hops'))
      Picture.fit(meant && Frame.isNarrow() ? meant.nodes : null, Boolean(before));
    else if (state.node !== null && changed('node')) Picture.reveal(state.node);
    else if (state.edge !== null && changed('edge'))
      Picture.reveal(Model.edges[state.edge].from, Model.edges[state.edge].to);
  }

  function showEmpty(box) {
    const filtered = Filters.active(state.filters);
    Dom.fill(
      box,
      Dom.make('p', {
        text: filtered
          ? 'No relation passes these filters.'
          : Model.statements.length
            ? 'No statement of this graph relates two entities. The table lists them all.'
            : 'There are no statements in this graph.',
      }),
      filtered && Dom.button('Reset filters', () => go({ reset: true }), { class: 'plain' }),
    );
  }

  /** Screen readers hear what has been selected. */
  function saySelection(before) {
    const title = document.querySelector('#details h2');
    if (title && (before.edge !== state.edge || before.path !== state.path || before.node !== state.node))
      Dom.announce(title.textContent);
  }

  function sayStatus() {
    const entities = `${Dom.number(view.nodes.size)} of ${Dom.count(Math.max(view.connected, view.nodes.size), 'entity', 'entities')}`;
    const more = view.connected > view.nodes.size && state.focus === null && state.limit < view.connected;
    Dom.fill(
      Dom.byId('status'),
      `${entities}, ${Dom.count(view.edges.length, 'line', 'lines')}, ${Dom.count(result.passing.length, 'statement', 'statements')}`,
      more &&
        Dom.button('Show more', () => go({ limit: Math.min(view.connected, state.limit * 2) }, { fit: true }), {
          class: 'plain small',
          id: 'show-more',
        }),
      !more &&
        state.limit > Model.first &&
        Dom.button('Show fewer', () => go({ limit: Model.first }, { fit: true }), { class: 'plain small' }),
    );
  }

  // --- Filters ---

  function choose(facet, value, on) {
    const set = new Set(state.filters[facet]);
    if (on) set.add(value);
    else set.delete(value);
    go({ filters: { ...state.filters, [facet]: set } });
  }

  function setValue(name, value) {
    if (name === 'close') Frame.toggleFilters(false);
    else if (name === 'reset') go({ reset: true });
    else if (name === 'time') setTime(...value);
    else go({ filters: { ...state.filters, [name]: value } }, { push: name !== 'text' });
  }

  function setTime(from, to) {
    if (from === state.filters.from && to === state.filters.to) return;
    apply({ filters: { ...state.filters, from, to } }, false, false);
  }

  const flag = (name, on) => (name === 'quiet' ? setValue('quiet', on) : go({ [name]: on }));

  /** Shows everything in the colours of a new theme. */
  function repaint() {
    Look.repaint();
    Facets.repaint();
    Panels.show(state, result, view, go);
    if (state.table) Table.show(result.passing, go);
    else showPicture(state, view, false);
  }

  // --- Start ---

  function listen() {
    const on = (id, event, listener) => Dom.byId(id).addEventListener(event, listener);
    Search.attach(Dom.byId('search'), Dom.byId('suggestions'), (node) => {
      go({ node });
      Dom.byId('search').blur();
    });
    on('toggle-filters', 'click', () => Frame.toggleFilters());
    on('view-graph', 'click', () => go({ table: false }));
    on('view-table', 'click', () => go({ table: true }));
    on('go-back', 'click', () => history.back());
    on('go-forward', 'click', () => history.forward());
    on('save', 'click', () => Frame.toggleMenu());
    for (const item of document.querySelectorAll('[data-save]'))
      item.addEventListener('click', () => {
        Frame.toggleMenu(false);
        Exports.saveAs(item.dataset.save, result.passing);
      });
    on('theme', 'click', () => {
      Frame.switchTheme();
      repaint();
    });
    on('help', 'click', () => Dom.byId('help-dialog').showModal());
    on('help-close', 'click', () => Dom.byId('help-dialog').close());
    on('zoom-in', 'click', () => Picture.zoom(1.4));
    on('zoom-out', 'click', () => Picture.zoom(1 / 1.4));
    on('zoom-fit', 'click', () => Picture.fit());
    Keys.listen(
      () => state,
      () => view,
      go,
    );
    document.addEventListener('click', (event) => {
      if (!event.target.closest('.menu')) Frame.toggleMenu(false);
    });
    window.addEventListener('popstate', () => {
      Timeline.stop();
      const before = state;
      state = Address.read(location.hash);
      render(before, false);
    });
    matchMedia('print').addEventListener('change', () => Picture.fit(null, false));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
  }

  function start() {
    Frame.restoreTheme();
    Frame.shortenHints();
    Frame.toggleFilters(!Frame.isNarrow());
    Facets.build(choose, setValue, flag);
    Timeline.build(setTime, () => Panels.show(state, result, view, go));
    Picture.start({
      node: (node) => go({ node }),
      edge: (item) => go({ edge: item.edge }),
      ground: () => {
        if (state.node !== null || state.edge !== null || state.path) go({ node: null, edge: null, path: null });
      },
      open: (node) => go({ expand: node, node }),
      hover: Frame.tip,
    });
    listen();
    state = Address.read(location.hash);
    render(null, true);
  }

  start();

  return Object.freeze({ state: () => state, view: () => view, result: () => result });
})();
