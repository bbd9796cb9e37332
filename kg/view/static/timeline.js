'use strict';

/** Events over time: a histogram, two handles that cut a range out of it, and a button that lets time pass. */
const Timeline = (() => {
  const BARS = 72;
  const MOST_DAYS = 0.9;
  const STEPS = 48;
  const TICK = 260;
  let range = null;
  let bounds = [];
  let parts = {};
  let playing = 0;
  let change = () => {};
  let stopped = () => {};

  /**
   * The days of the axis: all that statements name, unless a few strays would squeeze the rest into a corner. Then it is the shortest
   * stretch that holds nine of ten days, and what lies around it.
   */
  function span() {
    const days = Model.statements.flatMap((s) => [s.first, s.last].filter((day) => day !== null)).sort((a, b) => a - b);
    if (!days.length || days[0] === days[days.length - 1]) return null;
    const most = Math.max(1, Math.ceil(days.length * MOST_DAYS));
    let [low, high] = [days[0], days[days.length - 1]];
    for (let start = 0; start + most <= days.length; start += 1) {
      if (days[start + most - 1] - days[start] < high - low) [low, high] = [days[start], days[start + most - 1]];
    }
    const room = Math.max(high - low, 14);
    const near = days.filter((day) => day >= low - room && day <= high + room);
    return [near[0], near[near.length - 1]];
  }

  /** The first days of bars, as wide as days, weeks, months, quarters or years, and the day after the last. */
  function bars([from, to]) {
    const days = to - from + 1;
    if (days <= BARS) return Array.from({ length: days + 1 }, (_, turn) => from + turn);
    if (days <= BARS * 7) return Array.from({ length: Math.ceil(days / 7) + 1 }, (_, turn) => from + 7 * turn);
    const months = Math.max(
      1,
      [1, 3, 12, 60, 120].find((step) => days / (30.44 * step) <= BARS) || Math.ceil(days / 30.44 / BARS),
    );
    const start = new Date(from * 864e5);
    const made = [];
    for (let month = start.getUTCMonth() - (start.getUTCMonth() % Math.min(months, 12)); ; month += months) {
      const moment = new Date(Date.UTC(2000, month, 1));
      moment.setUTCFullYear(start.getUTCFullYear() + Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
      const day = Math.round(moment.getTime() / 864e5);
      made.push(day);
      if (day > to) return made;
    }
  }

  /** `onChange` is called with the first and last day chosen (null for open), `onStop` when time stops passing. */
  function build(onChange, onStop) {
    [change, stopped] = [onChange, onStop];
    range = span();
    const box = Dom.byId('timeline');
    box.hidden = !range;
    if (!range) return;
    bounds = bars(range);
    parts = {
      play: Dom.button('', () => (playing ? stop() : play()), {
        class: 'icon',
        icon: 'play',
        id: 'play',
        'aria-label': 'Let time pass',
        title: 'Let time pass',
      }),
      chart: Dom.vector('svg', {
        class: 'bars',
        viewBox: `0 0 ${bounds.length - 1} 40`,
        preserveAspectRatio: 'none',
        'aria-hidden': 'true',
      }),
      from: handle('From'),
      to: handle('Until'),
      label: Dom.make('output', { class: 'range', id: 'time-range' }),
      axis: Dom.make('div', { class: 'axis', 'aria-hidden': 'true' }),
    };
    Dom.fill(
      box,
      parts.play,
      Dom.make('div', { class: 'track' }, parts.chart, parts.axis, parts.from, parts.to),
      parts.label,
    );
    axis();
    parts.chart.addEventListener('click', pickBar);
  }

  function handle(name) {
    const input = Dom.make('input', {
      type: 'range',
      min: '0',
      max: String(bounds.length - 1),
      step: '1',
      'aria-label': name,
    });
    input.value = name === 'From' ? '0' : String(bounds.length - 1);
    input.addEventListener('input', () => {
      stop();
      told(name);
    });
    return input;
  }

  function told(name) {
    let [from, to] = [Number(parts.from.value), Number(parts.to.value)];
    if (from >= to) {
      if (name === 'From') from = to - 1;
      else to = from + 1;
    }
    from = Math.max(0, from);
    to = Math.min(bounds.length - 1, Math.max(to, from + 1));
    set(from, to);
  }

  function set(from, to) {
    const whole = bounds.length - 1;
    change(from <= 0 ? null : bounds[from], to >= whole ? null : bounds[to] - 1);
  }

  /** A click on a bar chooses it. */
  function pickBar(event) {
    const box = parts.chart.getBoundingClientRect();
    const bar = Math.floor(((event.clientX - box.left) / box.width) * (bounds.length - 1));
    stop();
    set(bar, bar + 1);
  }

  function axis() {
    const marks = Math.max(2, Math.min(6, Math.floor(bounds.length / 4), Math.floor(parts.axis.clientWidth / 110)));
    const whole = bounds.length - 1;
    const long = range[1] - range[0] > 730;
    const names = Array.from({ length: marks }, (_, turn) =>
      Model.isoDay(bounds[Math.round((turn * (whole - 1)) / (marks - 1))]).slice(0, long ? 4 : 10),
    );
    const outside = Model.statements.filter((s) => (s.last ?? s.first ?? bounds[0]) < bounds[0]).length;
    if (outside) names[0] += ` (${Dom.number(outside)} earlier)`;
    Dom.fill(
      parts.axis,
      names.map((name, turn) => Dom.make('span', { text: name === names[turn - 1] ? '' : name })),
    );
  }

  /** For each bar, how many statements fall into it; one that spans several bars is spread over them. */
  function heights(statements) {
    const found = new Float64Array(bounds.length - 1);
    for (const s of statements) {
      if (s.first === null && s.last === null) continue;
      const [from, to] = [s.first ?? s.last, s.last ?? s.first];
      if (to < bounds[0] || from >= bounds[bounds.length - 1]) continue;
      const [first, last] = [bar(from), bar(to)];
      for (let turn = first; turn <= last; turn += 1) found[turn] += 1 / (last - first + 1);
    }
    return found;
  }

  function bar(day) {
    let [low, high] = [0, bounds.length - 2];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (bounds[middle] <= day) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function show(statements, filters) {
    if (!range) return;
    const [from, to] = [
      filters.from === null ? 0 : bar(filters.from),
      filters.to === null ? bounds.length - 1 : bar(filters.to) + 1,
    ];
    const found = heights(statements);
    const most = Math.max(...found, 1);
    parts.chart.replaceChildren(
      ...Array.from(found, (value, turn) => {
        const height = value ? Math.max(1.5, 38 * Math.sqrt(value / most)) : 0;
        return Dom.vector('rect', {
          x: turn + 0.08,
          y: 40 - height,
          width: 0.84,
          height,
          class: turn >= from && turn < to ? 'in' : 'out',
        });
      }),
    );
    parts.from.value = String(from);
    parts.to.value = String(to);
    for (const [input, day] of [
      [parts.from, bounds[from]],
      [parts.to, bounds[to] - 1],
    ])
      input.setAttribute('aria-valuetext', Model.isoDay(day));
    parts.label.textContent =
      filters.from === null && filters.to === null ? 'All time' : name(filters.from, filters.to);
  }

  const name = (from, to) => {
    if (from === null && to === null) return 'All time';
    if (from === null) return `until ${Model.isoDay(to)}`;
    if (to === null) return `since ${Model.isoDay(from)}`;
    return from === to ? Model.isoDay(from) : `${Model.isoDay(from)} – ${Model.isoDay(to)}`;
  };

  /** Lets time pass: from the beginning up to each bar in turn, or, if a range is chosen, that range moving on. */
  function play() {
    const whole = bounds.length - 1;
    const [from, to] = [Number(parts.from.value), Number(parts.to.value)];
    const moving = from > 0;
    const step = Math.max(1, Math.round(whole / STEPS));
    let at = moving ? to : to >= whole ? 0 : to;
    icon('pause');
    playing = setInterval(() => {
      at = Math.min(at + step, whole);
      set(moving ? Math.max(0, at - (to - from)) : 0, at);
      if (at >= whole) stop();
    }, TICK);
  }

  function stop() {
    clearInterval(playing);
    if (!playing) return;
    playing = 0;
    icon('play');
    stopped();
  }

  const icon = (what) => parts.play.replaceChildren(Dom.icon(what));

  return Object.freeze({ build, show, name, stop, isPlaying: () => playing !== 0 });
})();
