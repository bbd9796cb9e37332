'use strict';

/** The column of filters, which is the legend too. Rows are made once; counts and ticks follow the state. */
const Facets = (() => {
  const FEW = 8;
  const SOURCES = [1, 2, 3, 5];
  /** Every row: {facet, value, box, count, element}. */
  const rows = [];
  const extras = {};

  /** `change(facet, value, on)` is called when a choice is ticked or not; `set(name, value)` for single values. */
  function build(change, set, flag) {
    Dom.fill(
      Dom.byId('filters'),
      Dom.make(
        'div',
        { class: 'filters-head' },
        Dom.make('h2', { text: 'Filters' }),
        Dom.button('Reset', () => set('reset'), { class: 'plain small', id: 'reset' }),
        Dom.button('', () => set('close'), { class: 'icon narrow', icon: 'close', 'aria-label': 'Close filters' }),
      ),
      section('Relations', true, relationRows(change)),
      section('Entities', true, typeRows(change)),
      section('How it stands', true, statusRows(change)),
      section('Independent sources', false, sourceRows(set)),
      section('Words in the sentence', false, [wordsField(set)]),
      section('Publishers', false, listRows('publisher', publishers(), change)),
      section('Articles', false, listRows('article', articles(), change)),
      section('Who says so', false, listRows('speaker', speakers(), change)),
      section('Show also', false, switches(flag)),
    );
  }

  const section = (title, open, content) =>
    Dom.make('details', { class: 'facet', open }, Dom.make('summary', {}, Dom.make('span', { text: title })), content);

  function tick(facet, value, text, change, sign = null, hint = null) {
    const box = Dom.make('input', { type: 'checkbox', 'data-facet': facet, 'data-value': String(value) });
    box.addEventListener('change', () => change(facet, value, box.checked));
    const count = Dom.make('span', { class: 'count' });
    const element = Dom.make(
      'label',
      { class: 'tick', title: hint || text },
      box,
      sign,
      Dom.make('span', { class: 'name', text }),
      count,
    );
    rows.push({ facet, value, box, count, element });
    return element;
  }

  function relationRows(change) {
    const byFamily = new Map([...Model.families.keys()].map((name) => [name, []]));
    for (const relation of Model.relations.values()) byFamily.get(relation.family).push(relation);
    return [...byFamily].map(([name, relations]) => familyRow(name, relations, change));
  }

  function familyRow(name, relations, change) {
    const family = Model.familyOf(name);
    const sign = Dom.make('span', { class: `tone ${family.tone}`, 'aria-hidden': 'true' });
    const head = tick('relation', `family:${name}`, family.label, change, sign);
    const list = Dom.make(
      'div',
      { class: 'relations', hidden: true },
      relations.map((relation) => tick('relation', relation.name, relation.label, change)),
    );
    const more = Dom.button(
      '',
      () => {
        list.hidden = !list.hidden;
        more.setAttribute('aria-expanded', String(!list.hidden));
      },
      { class: 'unfold', icon: 'forward', 'aria-expanded': 'false', 'aria-label': `Relations of ${family.label}` },
    );
    const group = Dom.make('div', { class: 'family' }, Dom.make('div', { class: 'family-head' }, head, more), list);
    if (family.quiet) group.dataset.quiet = 'true';
    return group;
  }

  function typeRows(change) {
    const found = [...new Set(Model.nodes.map((node) => node.type))];
    const order = [...Look.TYPES.keys()];
    found.sort((a, b) => (order.indexOf(a) + 1 || 99) - (order.indexOf(b) + 1 || 99));
    return found.map((type) =>
      tick('type', type, Look.TYPES.has(type) ? Look.typeOf(type).many : type, change, Look.badge(type)),
    );
  }

  const statusRows = (change) =>
    [...Look.STATUS].map(([name, status]) => tick('status', name, status.label, change, Look.line(name), status.hint));

  function sourceRows(set) {
    return SOURCES.map((least) => {
      const box = Dom.make('input', { type: 'radio', name: 'sources', value: String(least) });
      box.addEventListener('change', () => set('sources', least));
      const count = Dom.make('span', { class: 'count' });
      const element = Dom.make(
        'label',
        { class: 'tick' },
        box,
        Dom.make('span', { class: 'name', text: least === 1 ? 'any number' : `${least} or more` }),
        count,
      );
      rows.push({ facet: 'sources', value: least, box, count, element });
      return element;
    });
  }

  function wordsField(set) {
    const input = Dom.make('input', {
      type: 'search',
      class: 'field',
      'aria-label': 'Words in the sentence',
      placeholder: 'for example: drones',
      spellcheck: 'false',
    });
    let waiting = 0;
    input.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => set('text', input.value.slice(0, 100)), 200);
    });
    extras.text = input;
    return input;
  }

  const counted = (values) => {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value);
  };
  const publishers = () =>
    counted(Model.statements.map((s) => Model.publisher(s.document))).map((name) => [name, name]);
  const articles = () =>
    counted(Model.statements.map((s) => s.document)).map((document) => [document, Model.articleTitle(document)]);
  const speakers = () =>
    counted(Model.statements.map((s) => s.speaker ?? Filters.OWN_VOICE)).map((node) => [
      node,
      node === Filters.OWN_VOICE ? 'the article itself' : Model.label(node),
    ]);

  /** A list that may be long: the first few, the rest on demand and through a field that narrows it. */
  function listRows(facet, values, change) {
    const list = Dom.make('div', { class: 'list' });
    const made = [];
    const make = (upTo) => {
      while (made.length < Math.min(upTo, values.length)) {
        const [value, text] = values[made.length];
        made.push(tick(facet, value, text, change));
        list.append(made[made.length - 1]);
      }
    };
    make(FEW);
    if (values.length <= FEW) return [list];
    const all = Dom.button(
      `Show all ${Dom.number(values.length)}`,
      () => {
        make(300);
        all.remove();
        refresh();
      },
      { class: 'plain small' },
    );
    const narrow = Dom.make('input', {
      type: 'search',
      class: 'field',
      'aria-label': 'Narrow this list',
      placeholder: 'Narrow…',
    });
    narrow.addEventListener('input', () => {
      const words = Filters.fold(narrow.value.trim());
      make(values.length > 3000 ? 3000 : values.length);
      all.remove();
      made.forEach((row, turn) => {
        row.hidden = !Filters.fold(values[turn][1]).includes(words);
      });
      refresh();
    });
    return [narrow, list, all];
  }

  function switches(flag) {
    const one = (name, text, hint) => {
      const box = Dom.make('input', { type: 'checkbox', 'data-flag': name });
      box.addEventListener('change', () => flag(name, box.checked));
      extras[name] = box;
      return Dom.make('label', { class: 'tick', title: hint }, box, Dom.make('span', { class: 'name', text }));
    };
    return [
      one('things', 'things in between', 'Draws who supplies what to whom through the thing: Iran, drones, Russia'),
      one('lone', 'entities without a line', 'Entities of which something is said, but no relation to another one'),
      one(
        'quiet',
        'open relations',
        'Relations that no frame of the ontology knows: the verb as it stands; never asserted',
      ),
    ];
  }

  let last = null;
  /** Brings ticks and counts to a state. */
  function show(state, counts) {
    last = { state, counts };
    refresh();
  }

  function refresh() {
    if (!last) return;
    const { state, counts } = last;
    for (const row of rows) {
      const count = counts[row.facet].get(row.value) || 0;
      const on =
        row.facet === 'sources' ? state.filters.sources === row.value : state.filters[row.facet].has(row.value);
      row.box.checked = on;
      row.count.textContent = Dom.number(count);
      row.element.classList.toggle('zero', count === 0 && !on);
    }
    for (const group of document.querySelectorAll('.family[data-quiet]')) group.hidden = !state.filters.quiet;
    extras.things.checked = state.things;
    extras.lone.checked = state.lone;
    extras.quiet.checked = state.filters.quiet;
    if (document.activeElement !== extras.text) extras.text.value = state.filters.text;
    Dom.byId('reset').disabled = !Filters.active(state.filters);
  }

  /** Chips for what is filtered, each of which takes its choice back. */
  function chips(state, change, set) {
    const box = Dom.byId('chips');
    const { filters } = state;
    const made = [];
    for (const facet of Filters.SETS)
      for (const value of filters[facet]) made.push(chip(valueName(facet, value), () => change(facet, value, false)));
    if (filters.sources > 1) made.push(chip(`${filters.sources} or more sources`, () => set('sources', 1)));
    if (filters.text) made.push(chip(`“${filters.text}”`, () => set('text', '')));
    if (filters.from !== null || filters.to !== null)
      made.push(chip(Timeline.name(filters.from, filters.to), () => set('time', [null, null])));
    if (filters.quiet) made.push(chip('with open relations', () => set('quiet', false)));
    if (made.length > 1) made.push(Dom.button('Reset all', () => set('reset'), { class: 'plain small' }));
    Dom.fill(box, made);
    box.hidden = !made.length;
  }

  const chip = (text, remove) => Dom.button(text, remove, { class: 'chip', icon: 'close', title: `Remove: ${text}` });

  function valueName(facet, value) {
    if (facet === 'relation')
      return String(value).startsWith('family:') ? Model.familyOf(value.slice(7)).label : Model.relationLabel(value);
    if (facet === 'type') return Look.TYPES.has(value) ? Look.typeOf(value).many : value;
    if (facet === 'status') return Look.STATUS.get(value).label;
    if (facet === 'article') return Model.articleTitle(value);
    if (facet === 'speaker')
      return value === Filters.OWN_VOICE ? 'told by the article itself' : `said by ${Model.label(value)}`;
    return value;
  }

  /** Signs carry the theme's colours, so a new theme needs new ones. */
  function repaint() {
    for (const row of rows) {
      const old = row.element.querySelector('svg');
      if (old && row.facet === 'type') old.replaceWith(Look.badge(row.value));
      if (old && row.facet === 'status') old.replaceWith(Look.line(row.value));
    }
  }

  return Object.freeze({ build, show, chips, repaint });
})();
