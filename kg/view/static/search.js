'use strict';

/** Finding entities by name: a text field with suggestions, over labels and aliases, whatever case and accents. */
const Search = (() => {
  const MOST = 9;
  let names = null;

  /** All names, folded, with the entity that bears them. */
  function index() {
    return (names ||= Model.nodes.flatMap((node) =>
      [node.label, ...node.aliases].map((name, turn) => ({
        node: node.id,
        name,
        own: turn === 0,
        folded: Filters.fold(name),
      })),
    ));
  }

  /** How well a name fits, smaller is better; null if it doesn't. */
  function fit(folded, query) {
    if (folded === query) return 0;
    if (folded.startsWith(query)) return 1;
    const at = folded.indexOf(query);
    if (at < 0) return null;
    return /[\p{L}\p{N}]/u.test(folded[at - 1]) ? 3 : 2;
  }

  /** The best entities for a query: {node, name}, where name is the alias that fits if the label doesn't. */
  function find(text, most = MOST) {
    const query = Filters.fold(text.trim());
    if (!query) return [];
    const best = new Map();
    for (const entry of index()) {
      const cost = fit(entry.folded, query);
      if (cost === null) continue;
      const found = best.get(entry.node);
      if (!found || cost < found.cost)
        best.set(entry.node, { node: entry.node, name: entry.own ? null : entry.name, cost });
    }
    return [...best.values()].sort((a, b) => a.cost - b.cost || a.node - b.node).slice(0, most);
  }

  let serial = 0;

  /**
   * Makes a text field a search for entities. `choose` is called with the entity; `list` is the element for the suggestions.
   */
  function attach(input, list, choose) {
    let found = [];
    let active = -1;
    const prefix = `option-${(serial += 1)}-`;

    const close = () => {
      list.hidden = true;
      active = -1;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
    };
    const pick = (entry) => {
      close();
      input.value = '';
      choose(entry.node);
    };

    function open() {
      found = find(input.value);
      const rows = found.map((entry, turn) => row(entry, `${prefix}${turn}`, () => pick(entry)));
      if (!rows.length && input.value.trim())
        rows.push(
          Dom.make('li', {
            class: 'nothing',
            role: 'option',
            'aria-disabled': 'true',
            'aria-selected': 'false',
            text: 'No such name in this graph',
          }),
        );
      Dom.fill(list, rows);
      list.hidden = !rows.length;
      input.setAttribute('aria-expanded', String(rows.length > 0));
      move(found.length ? 0 : -1);
    }

    function move(to) {
      active = to;
      [...list.children].forEach((item, turn) => item.setAttribute('aria-selected', String(turn === active)));
      if (active < 0) {
        input.removeAttribute('aria-activedescendant');
        return;
      }
      input.setAttribute('aria-activedescendant', `${prefix}${active}`);
      list.children[active].scrollIntoView({ block: 'nearest' });
    }

    function key(event) {
      if (event.key === 'Escape') {
        event.stopPropagation();
        if (list.hidden) input.blur();
        else close();
        return;
      }
      if (event.key === 'Enter' && found[active]) {
        event.preventDefault();
        pick(found[active]);
        return;
      }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || !found.length) return;
      event.preventDefault();
      if (list.hidden) open();
      else move((active + step + found.length) % found.length);
    }

    input.addEventListener('input', open);
    input.addEventListener('focus', () => {
      if (input.value.trim()) open();
    });
    input.addEventListener('keydown', key);
    input.addEventListener('blur', () => setTimeout(close, 150));
  }

  function row(entry, id, pick) {
    const node = Model.nodes[entry.node];
    const told = Model.told[entry.node].length;
    const choose = (event) => {
      event.preventDefault();
      pick();
    };
    return Dom.make(
      'li',
      { id, role: 'option', 'aria-selected': 'false', on: { mousedown: choose } },
      Look.badge(node.type),
      Dom.make('span', { class: 'name', text: node.label }),
      entry.name && Dom.make('span', { class: 'alias', text: entry.name }),
      Dom.make('span', { class: 'count', text: Dom.number(told) }),
    );
  }

  return Object.freeze({ attach, find });
})();
