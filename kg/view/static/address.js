'use strict';

/** The state of the page in its address, after the `#`, so that a view can be kept, shared, and gone back to. */
const Address = (() => {
  const MOST_OPEN = 40;

  const initial = () => ({
    table: false,
    node: null,
    edge: null,
    path: null,
    focus: null,
    hops: 1,
    open: [],
    limit: Model.first,
    things: false,
    lone: false,
    filters: Filters.none(),
  });

  const key = (node) => Model.nodes[node].key;

  function write(state) {
    const out = new URLSearchParams();
    const { filters } = state;
    if (state.table) out.append('view', 'table');
    if (state.node !== null) out.append('node', key(state.node));
    if (state.edge !== null) out.append('edge', Model.edgeName(Model.edges[state.edge]));
    if (state.path) state.path.forEach((node) => out.append('path', key(node)));
    if (state.focus !== null) {
      out.append('focus', key(state.focus));
      out.append('hops', String(state.hops));
    }
    state.open.slice(-MOST_OPEN).forEach((node) => out.append('open', key(node)));
    if (state.limit !== Model.first) out.append('limit', String(state.limit));
    if (state.things) out.append('things', '1');
    if (state.lone) out.append('lone', '1');
    for (const facet of ['relation', 'type', 'status', 'publisher'])
      for (const value of filters[facet]) out.append(facet, value);
    for (const article of filters.article) out.append('article', Model.documents[article].id);
    for (const speaker of filters.speaker) out.append('speaker', speaker === Filters.OWN_VOICE ? '' : key(speaker));
    if (filters.from !== null) out.append('from', Model.isoDay(filters.from));
    if (filters.to !== null) out.append('to', Model.isoDay(filters.to));
    if (filters.sources > 1) out.append('sources', String(filters.sources));
    if (filters.text) out.append('words', filters.text);
    if (filters.quiet) out.append('quiet', '1');
    return out.toString();
  }

  /** The state that an address names. What it names and the page doesn't have is left out. */
  function read(hash) {
    const given = new URLSearchParams(hash.replace(/^#/, ''));
    const node = (value) => (Model.byKey.has(value) ? Model.byKey.get(value) : null);
    const nodes = (name) =>
      given
        .getAll(name)
        .map(node)
        .filter((found) => found !== null);
    const whole = (name, low, high, otherwise) => {
      const value = Number.parseInt(given.get(name), 10);
      return value >= low ? Math.min(value, high) : otherwise;
    };
    const path = nodes('path');
    return {
      ...initial(),
      table: given.get('view') === 'table',
      node: node(given.get('node')),
      edge: Model.edgeNamed(given.get('edge')),
      path: path.length === 2 ? path : null,
      focus: node(given.get('focus')),
      hops: whole('hops', 1, 3, 1),
      open: nodes('open').slice(0, MOST_OPEN),
      limit: whole('limit', 1, 1e6, Model.first),
      things: given.has('things'),
      lone: given.has('lone'),
      filters: readFilters(given, nodes, whole),
    };
  }

  function readFilters(given, nodes, whole) {
    const known = (name, has) => new Set(given.getAll(name).filter(has));
    const articles = new Map(Model.documents.map((document, number) => [document.id, number]));
    const publishers = new Set(Model.documents.map((_, number) => Model.publisher(number)));
    const types = new Set(Model.nodes.map((node) => node.type));
    return {
      ...Filters.none(),
      relation: known(
        'relation',
        (name) => Model.relations.has(name) || (name.startsWith('family:') && Model.families.has(name.slice(7))),
      ),
      type: known('type', (name) => types.has(name)),
      status: known('status', (name) => Look.STATUS.has(name)),
      publisher: known('publisher', (name) => publishers.has(name)),
      article: new Set(
        given
          .getAll('article')
          .filter((id) => articles.has(id))
          .map((id) => articles.get(id)),
      ),
      speaker: new Set([...nodes('speaker'), ...(given.getAll('speaker').includes('') ? [Filters.OWN_VOICE] : [])]),
      from: Model.day(given.get('from')),
      to: Model.day(given.get('to')),
      sources: whole('sources', 1, 99, 1),
      text: (given.get('words') || '').slice(0, 100),
      quiet: given.has('quiet'),
    };
  }

  /** Puts a state into the address: as a new entry of the history, or in place of the present one. */
  function put(state, push) {
    const hash = `#${write(state)}`;
    if (hash === (location.hash || '#')) return;
    try {
      history[push ? 'pushState' : 'replaceState'](null, '', hash);
    } catch {
      if (push) location.hash = hash;
    }
  }

  return Object.freeze({ initial, read, put });
})();
