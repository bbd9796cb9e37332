'use strict';

/** The filtered statements as a table: sortable, in pages, for the keyboard and for screen readers. */
const Table = (() => {
  const ROWS = 100;
  const text = (node) => (node === null ? '' : Model.label(node));
  const COLUMNS = [
    {
      name: 'date',
      title: 'Date',
      key: (s) => s.first ?? s.last ?? -1e9,
      cell: (s) => s.earliest || s.latest || Model.documents[s.document].published || '',
    },
    { name: 'subject', title: 'Who', key: (s) => text(s.subject), node: (s) => s.subject },
    {
      name: 'relation',
      title: 'Does',
      key: (s) => Model.relationLabel(s.relation),
      cell: (s) => Model.relationLabel(s.relation),
    },
    { name: 'object', title: 'Whom', key: (s) => text(s.object), node: (s) => s.object },
    { name: 'theme', title: 'What', key: (s) => text(s.theme), node: (s) => s.theme },
    { name: 'place', title: 'Where', key: (s) => text(s.place), node: (s) => s.place },
    {
      name: 'status',
      title: 'Status',
      key: (s) => Views.STATUSES.indexOf(s.status),
      cell: (s) => Look.STATUS.get(s.status).label,
    },
    { name: 'speaker', title: 'According to', key: (s) => text(s.speaker), node: (s) => s.speaker },
    {
      name: 'publisher',
      title: 'Publisher',
      key: (s) => Model.publisher(s.document),
      cell: (s) => Model.publisher(s.document),
    },
    { name: 'sentence', title: 'Sentence', key: (s) => s.text, cell: (s) => s.text },
  ];
  let sort = { name: 'date', down: true };
  let page = 0;
  let of = null;
  let sorted = [];

  function show(statements, go) {
    if (of !== statements) {
      of = statements;
      page = 0;
      arrange();
    }
    draw(go);
  }

  function arrange() {
    const { key } = COLUMNS.find((column) => column.name === sort.name);
    const { compare: alphabetically } = new Intl.Collator('en', { sensitivity: 'base' });
    const compare = (a, b) => (typeof a === 'number' ? a - b : alphabetically(a, b));
    const keyed = of.map((s) => [key(s), s]);
    keyed.sort((a, b) => (sort.down ? compare(b[0], a[0]) : compare(a[0], b[0])) || a[1].number - b[1].number);
    sorted = keyed.map(([, s]) => s);
  }

  function draw(go) {
    const pages = Math.max(1, Math.ceil(sorted.length / ROWS));
    page = Math.min(page, pages - 1);
    const rows = sorted.slice(page * ROWS, (page + 1) * ROWS);
    const caption = sorted.length
      ? `Statements ${Dom.number(page * ROWS + 1)}–${Dom.number(page * ROWS + rows.length)} of ${Dom.number(sorted.length)}`
      : 'No statements pass the filters';
    Dom.fill(
      Dom.byId('table'),
      Dom.make(
        'div',
        { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of statements' },
        Dom.make(
          // The roles are said since rows of a narrow screen are no table to browsers.
          'table',
          { role: 'table' },
          Dom.make('caption', { text: caption }),
          Dom.make(
            'thead',
            { role: 'rowgroup' },
            Dom.make(
              'tr',
              { role: 'row' },
              COLUMNS.map((column) => header(column, go)),
            ),
          ),
          Dom.make(
            'tbody',
            { role: 'rowgroup' },
            rows.map((s) => row(s, go)),
          ),
        ),
      ),
      Dom.make(
        'div',
        { class: 'pager' },
        pager('Previous', page > 0, -1, go),
        Dom.make('span', { class: 'quiet', text: `Page ${page + 1} of ${Dom.number(pages)}` }),
        pager('Next', page < pages - 1, 1, go),
        Dom.button('Save as CSV', () => Exports.saveAs('csv', sorted), {
          class: 'plain small',
          icon: 'save',
          id: 'table-csv',
        }),
      ),
    );
  }

  const pager = (title, enabled, step, go) =>
    Dom.button(
      title,
      () => {
        page += step;
        draw(go);
      },
      { class: 'plain small', disabled: !enabled },
    );

  function header(column, go) {
    const now = sort.name === column.name;
    const change = () => {
      sort = { name: column.name, down: now ? !sort.down : column.name === 'date' };
      page = 0;
      arrange();
      draw(go);
      document.querySelector(`th.c-${column.name} button`).focus();
    };
    return Dom.make(
      'th',
      {
        scope: 'col',
        role: 'columnheader',
        class: `c-${column.name}`,
        'aria-sort': now ? (sort.down ? 'descending' : 'ascending') : 'none',
      },
      Dom.make(
        'button',
        { type: 'button', on: { click: change } },
        column.title,
        Dom.make('span', { class: 'arrow', 'aria-hidden': 'true', text: now ? (sort.down ? '▾' : '▴') : '' }),
      ),
    );
  }

  function row(s, go) {
    return Dom.make(
      'tr',
      { class: s.status, role: 'row', 'data-statement': s.id },
      COLUMNS.map((column) => cell(column, s, go)),
    );
  }

  function cell(column, s, go) {
    if (column.node) {
      const node = column.node(s);
      return Dom.make('td', { role: 'cell', class: `c-${column.name}` }, node !== null && Evidence.name(node, go));
    }
    const value = column.cell(s);
    if (column.name === 'relation' && s.edge !== null)
      return Dom.make(
        'td',
        { role: 'cell', class: `c-${column.name}` },
        Dom.button(value, () => go({ edge: s.edge }), { class: 'name-link', 'aria-label': `${value}: evidence` }),
      );
    if (column.name === 'status')
      return Dom.make('td', { role: 'cell', class: `c-${column.name}` }, Look.line(s.status), value);
    return Dom.make('td', { role: 'cell', class: `c-${column.name}`, dir: 'auto' }, value);
  }

  return Object.freeze({ show });
})();
