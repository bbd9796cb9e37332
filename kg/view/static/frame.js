'use strict';

/** The frame around picture and table: drawers, menus, the tip, light and dark. */
const Frame = (() => {
  const NARROW = matchMedia('(max-width: 860px)');

  function toggleFilters(open = !document.body.classList.contains('filters-open')) {
    document.body.classList.toggle('filters-open', open);
    Dom.byId('toggle-filters').setAttribute('aria-expanded', String(open));
    if (NARROW.matches && open) Dom.byId('filters').querySelector('button, input, summary').focus();
  }

  /** A small field has no room for the key that leads to it. */
  const shortenHints = () => {
    if (NARROW.matches) Dom.byId('search').placeholder = 'Search';
  };

  const isNarrow = () => NARROW.matches;
  /** Do the filters cover the picture? */
  const drawerOpen = () => NARROW.matches && document.body.classList.contains('filters-open');

  /** On a narrow screen the details are a sheet that comes up when something is selected. */
  function showSheet(state) {
    document.body.classList.toggle('sheet', state.node !== null || state.edge !== null || state.path !== null);
    document.body.classList.toggle('shows-table', state.table);
  }

  /** From light to dark or back; the browser remembers it where it can. */
  function switchTheme() {
    const next = Look.colours().dark ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem('kg-theme', next);
    } catch {
      /* a page from a file may have no storage */
    }
  }

  function restoreTheme() {
    try {
      const stored = localStorage.getItem('kg-theme');
      if (stored === 'dark' || stored === 'light') document.documentElement.dataset.theme = stored;
    } catch {
      /* as the system has it */
    }
  }

  const toggleMenu = (open) => {
    const menu = Dom.byId('save-menu');
    menu.hidden = open === undefined ? !menu.hidden : !open;
    Dom.byId('save').setAttribute('aria-expanded', String(!menu.hidden));
  };

  /** A short text beside the pointer on what is under it. */
  function tip(node, item, point) {
    const box = Dom.byId('tip');
    const nothing = node === null && !item;
    Dom.byId('picture').classList.toggle('pointing', !nothing);
    box.hidden = nothing || !point;
    if (box.hidden) return;
    Dom.fill(box, item ? edgeTip(item) : nodeTip(node));
    const picture = Dom.byId('picture');
    box.style.left = `${Math.min(point.x + 14, picture.clientWidth - box.offsetWidth - 8)}px`;
    box.style.top = `${point.y + 18 + box.offsetHeight > picture.clientHeight ? point.y - box.offsetHeight - 10 : point.y + 18}px`;
  }

  const nodeTip = (node) => [
    Dom.make('strong', { text: Model.label(node) }),
    Dom.make('span', {
      class: 'quiet',
      text: `${Model.nodes[node].type} · ${Dom.count(Model.told[node].length, 'statement', 'statements')}`,
    }),
  ];
  const edgeTip = (item) => [
    Dom.make('strong', {
      text: Views.sentence(item),
    }),
    Dom.make('span', {
      class: 'quiet',
      text: `${Look.STATUS.get(item.status).label}${item.disputed ? ', disputed' : ''} · ${Dom.count(item.statements.length, 'statement', 'statements')}, ${Dom.count(item.sources, 'source', 'sources')}`,
    }),
  ];

  return Object.freeze({
    toggleFilters,
    shortenHints,
    isNarrow,
    drawerOpen,
    showSheet,
    switchTheme,
    restoreTheme,
    toggleMenu,
    tip,
  });
})();
