'use strict';

/** What the panels at the side are made of. */
const Parts = (() => {
  const FEW = 10;

  const head = (title, under, go, sign = null) =>
    Dom.make(
      'div',
      { class: 'panel-head' },
      sign,
      Dom.make(
        'div',
        { class: 'panel-title' },
        Dom.make('h2', { dir: 'auto' }, title),
        under && Dom.make('p', { class: 'quiet' }, under),
      ),
      go &&
        Dom.button('', () => go({ node: null, edge: null, path: null }), {
          class: 'icon',
          icon: 'close',
          'aria-label': 'Close details',
        }),
    );

  /** A part that folds; what is in it is made when it is first opened. */
  function fold(title, count, make, open = false) {
    const part = Dom.make(
      'details',
      { class: 'part', open },
      Dom.make(
        'summary',
        {},
        Dom.make('span', { text: title }),
        count !== null && Dom.make('span', { class: 'count', text: Dom.number(count) }),
      ),
    );
    const build = () => {
      if (part.open && part.children.length === 1) Dom.append(part, [make()]);
    };
    part.addEventListener('toggle', build);
    build();
    return part;
  }

  const among = (numbers, passing) =>
    numbers.filter((number) => passing.has(number)).map((number) => Model.statements[number]);
  const passingSet = (result) => (result.set ||= new Set(result.passing.map((s) => s.number)));

  function hiddenNote(count, go) {
    return (
      count > 0 &&
      Dom.make(
        'p',
        { class: 'note' },
        `${Dom.count(count, 'statement is', 'statements are')} hidden by filters. `,
        Dom.button('Reset filters', () => go({ reset: true }), { class: 'plain small' }),
      )
    );
  }

  /** A list that shows its first entries, and all on demand. */
  function longList(rows) {
    const list = Dom.make('ul', { class: 'rows' }, rows.slice(0, FEW));
    if (rows.length > FEW) {
      const more = Dom.make(
        'li',
        {},
        Dom.button(
          `Show all ${Dom.number(rows.length)}`,
          () => {
            more.remove();
            Dom.append(list, rows.slice(FEW));
          },
          { class: 'plain small' },
        ),
      );
      list.append(more);
    }
    return list;
  }

  const edgeList = (items, go) =>
    longList(
      items.map((item) =>
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
            Dom.make('span', { class: 'count', text: Dom.number(item.sources) }),
          ),
        ),
      ),
    );

  return Object.freeze({ FEW, head, fold, among, passingSet, hiddenNote, longList, edgeList });
})();
