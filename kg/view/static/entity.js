'use strict';

/** The panel of an entity: who it is, and all that is said of it. */
const Entity = (() => {
  const { FEW, head, fold, among, passingSet, hiddenNote, longList } = Parts;
  const HEADINGS = { together: 'Together with others', out: 'Towards others', in: 'From others' };

  function panel(number, state, result, view, go) {
    const node = Model.nodes[number];
    const passing = passingSet(result);
    const told = among(Model.told[number], passing);
    const parts = sort(number, told);
    return [
      head(node.label, kind(node), go, Look.badge(node.type)),
      nodeActions(number, state, told, view, go),
      names(node),
      offices(parts.offices, go),
      relations(number, parts.together, 'together', go),
      relations(number, parts.outward, 'out', go),
      relations(number, parts.inward, 'in', go),
      parts.alone.length > 0 &&
        fold('Other statements', parts.alone.length, () => Evidence.cards(parts.alone, go, true)),
      parts.says.length > 0 && fold('What they say', parts.says.length, () => Evidence.cards(parts.says, go, true)),
      parts.named.length > 0 && fold('Named in', parts.named.length, () => Evidence.cards(parts.named, go, true)),
      articles(told, go),
      node.reasons.length > 0 &&
        fold('Why these names are one', null, () =>
          Dom.make(
            'ul',
            { class: 'reasons' },
            node.reasons.map((reason) => Dom.make('li', { text: reason })),
          ),
        ),
      hiddenNote(Model.told[number].length - told.length, go),
    ];
  }

  /** Statements by the part that the entity plays in them. */
  function sort(number, told) {
    const parts = { offices: [], together: [], outward: [], inward: [], alone: [], says: [], named: [] };
    for (const s of told) {
      if (s.subject === number && s.family === 'ROLE' && s.status !== 'negated') parts.offices.push(s);
      if (s.edge !== null && Model.relations.get(s.relation).symmetric && (s.subject === number || s.object === number))
        parts.together.push(s);
      else if (s.subject === number) (s.object === null ? parts.alone : parts.outward).push(s);
      else if (s.object === number) parts.inward.push(s);
      else if (s.speaker === number || s.chain.includes(number)) parts.says.push(s);
      else parts.named.push(s);
    }
    return parts;
  }

  const kind = (node) =>
    [node.type, node.subtype && node.subtype.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase(), node.country]
      .filter(Boolean)
      .join(' · ');

  function nodeActions(number, state, told, view, go) {
    const around = new Set((view.around.get(number) || []).map((item) => Views.other(item, number)));
    const hidden = [...around].filter((other) => !view.nodes.has(other)).length;
    const focused = state.focus === number;
    const field = Dom.make('div', { class: 'path-search', hidden: true });
    return Dom.make(
      'div',
      { class: 'actions' },
      around.size > 0 &&
        Dom.button(
          focused ? 'Leave neighbourhood' : 'Neighbourhood',
          () => go({ focus: focused ? null : number, hops: 1 }),
          { class: 'plain', icon: 'focus', 'aria-pressed': String(focused), id: 'act-focus' },
        ),
      focused &&
        [1, 2, 3].map((hops) =>
          Dom.button(`${hops}`, () => go({ hops }), {
            class: 'plain hop',
            'aria-pressed': String(state.hops === hops),
            'aria-label': Dom.count(hops, 'step', 'steps'),
          }),
        ),
      hidden > 0 &&
        Dom.button(`Show ${Dom.number(hidden)} more`, () => go({ expand: number }), {
          class: 'plain',
          icon: 'expand',
          id: 'act-expand',
        }),
      around.size > 0 &&
        Dom.button('Path to…', () => pathSearch(field, number, go), { class: 'plain', icon: 'path', id: 'act-path' }),
      Dom.button('', () => Exports.copy(Exports.turtle(told), 'Turtle'), {
        class: 'plain',
        icon: 'copy',
        'aria-label': 'Copy as Turtle',
        title: 'Copy all of it as Turtle',
      }),
      field,
    );
  }

  function pathSearch(field, number, go) {
    const input = Dom.make('input', {
      type: 'text',
      class: 'field',
      role: 'combobox',
      'aria-expanded': 'false',
      'aria-controls': 'path-names',
      'aria-label': 'Path to which entity',
      placeholder: 'Path to whom?',
      autocomplete: 'off',
      id: 'path-search',
    });
    const list = Dom.make('ul', { id: 'path-names', role: 'listbox', 'aria-label': 'Names found', hidden: true });
    Dom.fill(field, input, list);
    field.hidden = false;
    Search.attach(input, list, (goal) => go({ path: [number, goal] }));
    input.focus();
  }

  function names(node) {
    return (
      (node.aliases.length > 0 || node.link) &&
      Dom.make(
        'div',
        { class: 'names' },
        node.aliases.length > 0 &&
          Dom.make(
            'p',
            {},
            Dom.make('span', { class: 'quiet', text: 'Also ' }),
            node.aliases.slice(0, 12).flatMap((alias, turn) => [turn ? ', ' : '', Dom.make('bdi', { text: alias })]),
          ),
        node.link &&
          Dom.make(
            'p',
            {},
            Dom.link(node.link, /wikidata\.org/.test(new URL(node.link).hostname) ? 'Wikidata' : 'More about it'),
          ),
      )
    );
  }

  function offices(statements, go) {
    const rows = new Map();
    for (const s of statements) {
      const key = JSON.stringify([s.relation, s.theme, s.object, s.earliest, s.latest]);
      if (!rows.has(key)) rows.set(key, s);
    }
    return (
      rows.size > 0 &&
      Dom.make(
        'div',
        { class: 'offices' },
        Dom.make('h3', { text: 'Offices and roles' }),
        Dom.make(
          'ul',
          {},
          [...rows.values()]
            .slice(0, FEW)
            .map((s) =>
              Dom.make(
                'li',
                {},
                Dom.make('span', { text: s.theme !== null ? Model.label(s.theme) : Model.relationLabel(s.relation) }),
                s.object !== null && [', ', Evidence.name(s.object, go)],
                Evidence.when(s) && Dom.make('span', { class: 'quiet', text: ` ${Evidence.when(s)}` }),
                s.edge !== null && Dom.button('evidence', () => go({ edge: s.edge }), { class: 'plain small' }),
              ),
            ),
        ),
      )
    );
  }

  /** Edges of an entity in one direction, by relation. */
  function relations(number, statements, way, go) {
    const edges = new Map();
    for (const s of statements) {
      if (!edges.has(s.edge)) edges.set(s.edge, []);
      edges.get(s.edge).push(s);
    }
    const groups = new Map();
    for (const [edge, found] of edges) {
      const { relation } = Model.edges[edge];
      if (!groups.has(relation)) groups.set(relation, []);
      groups.get(relation).push({ edge, found: found.sort(Evidence.order) });
    }
    const sorted = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
    if (!sorted.length) return null;
    return Dom.make(
      'div',
      { class: `relations-${way}` },
      Dom.make('h3', { text: HEADINGS[way] }),
      sorted.map(([relation, list]) => relationList(number, relation, list, way, go)),
    );
  }

  function relationList(number, relation, list, way, go) {
    list.sort((a, b) => b.found.length - a.found.length || a.edge - b.edge);
    const rows = list.map(({ edge, found }) => {
      const far = Model.edges[edge].from === number ? Model.edges[edge].to : Model.edges[edge].from;
      return Dom.make(
        'li',
        {},
        Dom.make(
          'button',
          { type: 'button', class: 'row', on: { click: () => go({ edge }) } },
          Look.badge(Model.nodes[far].type),
          Dom.make('span', { class: 'name', text: Model.label(far) }),
          Look.line(found[0].status),
          Dom.make('span', { class: 'count', text: Dom.number(found.length) }),
        ),
      );
    });
    const title = {
      in: `← ${Model.relationLabel(relation)}`,
      out: `${Model.relationLabel(relation)} →`,
      together: Model.relationLabel(relation),
    }[way];
    return fold(title, list.length, () => longList(rows), true);
  }

  function articles(told, go) {
    const counts = new Map();
    for (const s of told) counts.set(s.document, (counts.get(s.document) || 0) + 1);
    const rows = [...counts]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .map(([document, count]) => Dom.make('li', {}, articleRow(document, count, go)));
    return rows.length > 0 && fold('Articles', rows.length, () => longList(rows));
  }

  function articleRow(document, count, go) {
    return Dom.make(
      'button',
      { type: 'button', class: 'row', title: 'Show only this article', on: { click: () => go({ article: document }) } },
      Dom.make('span', { class: 'name', text: `${Model.publisher(document)}: ${Model.articleTitle(document)}` }),
      Dom.make('span', { class: 'count', text: Dom.number(count) }),
    );
  }

  return Object.freeze({ panel });
})();
