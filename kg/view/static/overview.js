'use strict';

/** The panel of the whole graph, when nothing is selected. */
const Overview = (() => {
  const { FEW, head, fold, longList, edgeList } = Parts;

  function panel(result, view, go) {
    const numbers = [
      [Model.nodes.length, 'entity', 'entities'],
      [Model.statements.length, 'statement', 'statements'],
      [Model.documents.length, 'article', 'articles'],
    ];
    const disputed = view.edges
      .filter((item) => item.disputed)
      .sort((a, b) => b.statements.length - a.statements.length || a.edge - b.edge);
    const strongest = view.edges
      .filter((item) => item.sources > 1)
      .sort((a, b) => b.sources - a.sources || b.statements.length - a.statements.length || a.edge - b.edge);
    const top = [...view.nodes].sort((a, b) => a - b).slice(0, FEW);
    return [
      head(Model.title, null, null),
      Dom.make(
        'dl',
        { class: 'numbers' },
        numbers.map(([value, one, many]) =>
          Dom.make(
            'div',
            {},
            Dom.make('dd', { text: Dom.number(value) }),
            Dom.make('dt', { text: value === 1 ? one : many }),
          ),
        ),
      ),
      Model.omitted.statements > 0 &&
        Dom.make('p', {
          class: 'note',
          text: `${Dom.number(Model.omitted.statements)} further statements are not in this page, which carries the best-evidenced ones.`,
        }),
      Dom.make('p', {
        class: 'quiet',
        text: 'Click a line to read the sentences behind it, a dot to see what is said of it.',
      }),
      legend(),
      top.length > 0 &&
        fold(
          'Best-evidenced entities',
          null,
          () =>
            longList(
              top.map((node) =>
                Dom.make(
                  'li',
                  {},
                  Dom.make(
                    'button',
                    { type: 'button', class: 'row', on: { click: () => go({ node }) } },
                    Look.badge(Model.nodes[node].type),
                    Dom.make('span', { class: 'name', text: Model.label(node) }),
                    Dom.make('span', { class: 'count', text: Dom.number(Model.told[node].length) }),
                  ),
                ),
              ),
            ),
          true,
        ),
      disputed.length > 0 && fold('Disputed', disputed.length, () => edgeList(disputed, go), true),
      strongest.length > 0 && fold('Told by several sources', strongest.length, () => edgeList(strongest, go), true),
    ];
  }

  function legend() {
    const status = [
      ['asserted', 'asserted'],
      ['claimed', 'claimed by somebody'],
      ['possible', 'possible, planned or wanted'],
      ['negated', 'denied'],
    ];
    const tones = [
      ['friendly', 'cooperation'],
      ['hostile', 'conflict'],
      ['neutral', 'other'],
    ];
    return Dom.make(
      'div',
      { class: 'legend' },
      status.map(([name, text]) => Dom.make('span', {}, Look.line(name), text)),
      tones.map(([tone, text]) => Dom.make('span', {}, Dom.make('span', { class: `tone ${tone}` }), text)),
    );
  }

  return Object.freeze({ panel });
})();
