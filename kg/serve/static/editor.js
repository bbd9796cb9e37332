// The query editor: YASGUI over this server's own endpoint, with our prefixes, vocabulary and ready queries.
"use strict";

(async () => {
  const offered = await (await fetch("/ready.json")).json();
  const Yasqe = Yasgui.Yasqe;

  // YASGUI's own completions ask other servers; these know what is here, and nothing else.
  const completes = (from, name, words) =>
    Yasqe.forkAutocompleter(from, { name, bulk: true, persistenceId: null, get: () => words });
  Yasqe.defaults.autocompleters = ["variables"];
  completes("prefixes", "kg-prefixes", Object.entries(offered.prefixes).map(([name, iri]) => `${name}: <${iri}>`));
  completes("property", "kg-properties", offered.properties);
  completes("class", "kg-classes", offered.classes);

  const endpoint = new URL("/sparql", location.href).href;
  const first = offered.queries.find((query) => query.name === "who-met-whom") ?? offered.queries[0];
  const editor = new Yasgui(document.getElementById("editor"), {
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    copyEndpointOnNewTab: false,
    persistenceId: "kg",
    populateFromUrl: false,
    yasqe: { value: first.query, autocompleters: Yasqe.defaults.autocompleters, createShareableLink: null },
    yasr: { prefixes: offered.prefixes },
  });

  // Tabs kept from another day may name another address of this server.
  const show = (query) => {
    const tab = editor.addTab(true, { ...Yasgui.Tab.getDefaults(editor), name: query.title.slice(0, 40) });
    tab.setEndpoint(endpoint);
    tab.setQuery(query.query);
    tab.query().catch(() => {});
  };
  for (const tab of Object.values(editor._tabs)) tab.setEndpoint(endpoint);

  const list = document.getElementById("ready");
  for (const query of offered.queries) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = query.title.replace(/ \(.*/, "");
    button.title = query.title;
    button.addEventListener("click", () => show(query));
    list.appendChild(document.createElement("li")).appendChild(button);
  }
  document.documentElement.dataset.editor = "ready";
})();
