'use strict';

/** What leaves the page: CSV, Turtle, citations, PNG, SVG. Each format has its own way of keeping text text. */
const Exports = (() => {
  const COLUMNS = [
    'id',
    'subject',
    'relation',
    'object',
    'theme',
    'place',
    'earliest',
    'latest',
    'time',
    'status',
    'speaker',
    'manner',
    'cue',
    'sentence',
    'publisher',
    'title',
    'published',
    'url',
    'sources',
  ];

  const name = (node) => (node === null || node === undefined ? '' : Model.label(node));

  function cells(s) {
    const article = Model.documents[s.document];
    return [
      s.id,
      name(s.subject),
      Model.relationLabel(s.relation),
      name(s.object),
      name(s.theme),
      name(s.place),
      s.earliest,
      s.latest,
      s.time,
      s.status,
      name(s.speaker),
      s.manner,
      s.cue,
      s.text,
      article.publisher,
      article.title,
      article.published,
      article.url,
      s.sources,
    ];
  }

  /** RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
  function csv(statements) {
    const cell = (value) => {
      let text = value === null || value === undefined ? '' : String(value);
      if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    return [COLUMNS, ...statements.map(cells)].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
  }

  // --- Turtle, in the shape of graph.ttl ---

  const PREFIXES = {
    kg: 'https://w3id.org/newskg/ontology#',
    nif: 'http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#',
    rel: 'https://w3id.org/newskg/relation/',
    open: 'https://w3id.org/newskg/open/',
    rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
    rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
    xsd: 'http://www.w3.org/2001/XMLSchema#',
    skos: 'http://www.w3.org/2004/02/skos/core#',
    prov: 'http://www.w3.org/ns/prov#',
    schema: 'https://schema.org/',
    dct: 'http://purl.org/dc/terms/',
  };
  const MODALITY = { possible: 'Possible', future: 'Future', desired: 'Desired' };

  const quoted = (text) =>
    `"${String(text).replace(/[\\"\u0000-\u001f\u007f]/g, (c) => (c === '\\' || c === '"' ? `\\${c}` : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`))}"`;
  /** Percent-encoded as graph.ttl does it, so that the IRIs are the same. */
  const slug = (text) =>
    encodeURIComponent(text).replace(/[!'()*.~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const entity = (node) => `<${Model.base}entity/${slug(Model.nodes[node].key)}>`;
  const date = (iso) => `"${iso}"^^xsd:date`;

  /** A relation of the ontology, or an open one: those are in families that the page shows only when asked. */
  const relation = (s) => `<${Model.familyOf(s.family).quiet ? PREFIXES.open : PREFIXES.rel}${slug(s.relation)}>`;

  function statementTurtle(s) {
    const lines = [
      'a kg:Statement , rdf:Statement',
      `rdf:subject ${entity(s.subject)}`,
      `rdf:predicate ${relation(s)}`,
      s.object !== null && `rdf:object ${entity(s.object)}`,
      s.theme !== null && `kg:theme ${entity(s.theme)}`,
      s.place !== null && `kg:place ${entity(s.place)}`,
      s.earliest && `kg:earliest ${date(s.earliest)}`,
      s.latest && `kg:latest ${date(s.latest)}`,
      `kg:polarity kg:${s.status === 'negated' ? 'Negative' : 'Positive'}`,
      `kg:modality kg:${MODALITY[s.modality] || 'Actual'}`,
      `kg:asserted ${s.status === 'asserted'}`,
      s.speaker !== null && `prov:wasAttributedTo ${entity(s.speaker)}`,
      s.cue && `kg:cue ${quoted(s.cue)}`,
      s.manner && `kg:manner kg:${s.manner === 'quote' ? 'Quote' : 'Paraphrase'}`,
      `prov:wasDerivedFrom ${sentence(s)}`,
    ];
    return `<${Model.base}statement/${slug(s.id)}> ${lines.filter(Boolean).join(' ;\n  ')} .\n${sentence(s)} a nif:Sentence ;\n  rdf:value ${quoted(s.text)}@en ;\n  nif:referenceContext ${article(s.document)} .\n`;
  }

  const article = (number) => `<${Model.base}article/${slug(Model.documents[number].id)}>`;
  /** A sentence's IRI names its article and where it stands there (RFC 5147). */
  const sentence = (s) =>
    `<${Model.base}article/${slug(Model.documents[s.document].id)}#char=${s.span[0]},${s.span[1]}>`;

  function articleTurtle(number) {
    const { title, publisher, published, url } = Model.documents[number];
    const lines = [
      'a schema:NewsArticle',
      title && `dct:title ${quoted(title)}@en`,
      publisher && `dct:publisher ${quoted(publisher)}`,
      published && `dct:issued ${date(published)}`,
      Dom.webAddress(url) && `schema:url <${encodeURI(decodeSafely(url))}>`,
    ];
    return `${article(number)} ${lines.filter(Boolean).join(' ;\n  ')} .\n`;
  }

  function decodeSafely(address) {
    try {
      return decodeURI(address);
    } catch {
      return address;
    }
  }

  function turtle(statements) {
    const named = new Set(
      statements.flatMap((s) => [s.subject, s.object, s.theme, s.place, s.speaker]).filter((node) => node !== null),
    );
    const head = Object.entries(PREFIXES)
      .map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .\n`)
      .join('');
    const direct = [
      ...new Set(
        statements
          .filter((s) => s.status === 'asserted' && s.object !== null)
          .map((s) => `${entity(s.subject)} ${relation(s)} ${entity(s.object)} .\n`),
      ),
    ];
    const names = [...named]
      .sort((a, b) => a - b)
      .map((node) => `${entity(node)} skos:prefLabel ${quoted(Model.label(node))}@en .\n`);
    const articles = [...new Set(statements.map((s) => s.document))].sort((a, b) => a - b).map(articleTurtle);
    return `${head}\n${names.join('')}\n${direct.join('')}\n${articles.join('')}\n${statements.map(statementTurtle).join('\n')}`;
  }

  /** A sentence as one cites it. */
  function citation(s) {
    const article = Model.documents[s.document];
    const parts = [
      `“${s.text.trim()}”`,
      `${article.publisher ? `${article.publisher}, ` : ''}“${article.title || article.source}”`,
    ];
    return `${parts.join(' — ')}${article.published ? `, ${article.published}` : ''}.${Dom.webAddress(article.url) ? ` ${Dom.webAddress(article.url)}` : ''}`;
  }

  // --- Pictures ---

  const xml = (text) =>
    String(text)
      .replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
      .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');

  /** The picture as it is on the screen. */
  function svg() {
    const colours = Look.colours();
    const { clientWidth: width, clientHeight: height } = Dom.byId('picture');
    const scale = Picture.scale();
    const lines = Lines.all().map((line) => linePath(line, Math.max(0.55, Math.min(1.25, scale)), colours));
    const dots = [...Picture.current().nodes].map((id) =>
      dotShape(id, Picture.toScreen(Picture.placeOf(id)), scale, colours),
    );
    const names = Labels.current().map(
      (n) =>
        `<text x="${n.x.toFixed(1)}" y="${n.y.toFixed(1)}" font-size="${n.size}" fill="${n.kind === 'edge' ? colours.quiet : colours.text}" stroke="${colours.ground}">${xml(n.text)}</text>`,
    );
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><title>${xml(Model.title)}</title>` +
      `<rect width="100%" height="100%" fill="${colours.ground}"/><g fill="none">${lines.join('')}</g>${dots.join('')}` +
      `<g font-family="${xml(Labels.FAMILY)}" text-anchor="middle" dominant-baseline="central" stroke-width="3" stroke-linejoin="round" paint-order="stroke">${names.join('')}</g></svg>\n`
    );
  }

  function linePath({ start, via, point, straight, colour, width, dashes, arrow }, size, colours) {
    const f = ({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`;
    const [a, v, b] = [start, via, point].map(Picture.toScreen);
    const length = Math.hypot(b.x - v.x, b.y - v.y) || 1;
    const [ux, uy, head] = [(b.x - v.x) / length, (b.y - v.y) / length, 7 * size];
    const tip = arrow
      ? `<path d="M${f(b)}L${f({ x: b.x - head * ux - 0.4 * head * uy, y: b.y - head * uy + 0.4 * head * ux })} ${f({ x: b.x - head * ux + 0.4 * head * uy, y: b.y - head * uy - 0.4 * head * ux })}Z" fill="${colours[colour]}"/>`
      : '';
    const way = straight ? `M${f(a)}L${f(b)}` : `M${f(a)}Q${f(v)} ${f(b)}`;
    return `<path d="${way}" stroke="${colours[colour]}" stroke-width="${(width * size).toFixed(1)}"${dashes ? ` stroke-dasharray="${dashes.map((dash) => (dash * size).toFixed(1)).join(' ')}"` : ''}/>${tip}`;
  }

  function dotShape(id, { x, y }, scale, colours) {
    const node = Model.nodes[id];
    const r = node.size * scale;
    const size = (r * 1.25) / 24;
    const sign =
      r < 6.5
        ? ''
        : `<path transform="translate(${(x - 12 * size).toFixed(1)} ${(y - 12 * size).toFixed(1)}) scale(${size.toFixed(3)})" fill="${colours.glyph}" fill-rule="evenodd" d="${Look.typeOf(node.type).glyph}"/>`;
    return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r.toFixed(1)}" fill="${Look.typeColour(node.type)}" stroke="${colours.ground}"/>${sign}`;
  }

  function png(done) {
    const source = Dom.byId('picture').querySelector('canvas');
    const copy = Dom.make('canvas', { width: source.width, height: source.height });
    const context = copy.getContext('2d');
    context.fillStyle = Look.colours().ground;
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(source, 0, 0);
    copy.toBlob(done, 'image/png');
  }

  /** Hands a file to the reader. */
  function save(fileName, blob) {
    const anchor = Dom.make('a', { download: fileName });
    anchor.href = URL.createObjectURL(blob);
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 4000);
  }

  const saveText = (fileName, type, text) => save(fileName, new Blob([text], { type: `${type};charset=utf-8` }));

  function saveAs(kind, statements) {
    if (kind === 'csv') saveText('statements.csv', 'text/csv', csv(statements));
    else if (kind === 'ttl') saveText('statements.ttl', 'text/turtle', turtle(statements));
    else if (kind === 'svg') saveText('graph.svg', 'image/svg+xml', svg());
    else if (kind === 'png') png((blob) => save('graph.png', blob));
    else if (kind === 'print') window.print();
  }

  /** Puts text on the clipboard, by the old way where a page from a file may not use the new one. */
  async function copy(text, what) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = Dom.make('textarea', { class: 'hidden', 'aria-hidden': 'true' });
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand('copy');
      field.remove();
    }
    Dom.toast(`${what} copied`);
  }

  return Object.freeze({ csv, turtle, citation, svg, saveAs, copy });
})();
