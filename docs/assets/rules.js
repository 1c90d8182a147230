// Filters the table of all rules by its columns and by a word. The address keeps the choice: rules.html?topic=Networking.
// Without JavaScript, the table is complete.
(function () {
    "use strict";
    const place = document.getElementById("rule-filter");
    if (!place) return;

    const table = place.parentElement.querySelector("table");
    const rows = Array.from(table.tBodies[0].rows);
    const columns = Array.from(table.tHead.rows[0].cells).map((cell) => cell.textContent.trim());
    const given = new URLSearchParams(location.search);
    const controls = new Map();

    // The values of a cell: its links, or its words between commas.
    const values = (row, column) =>
        row.cells[column].textContent.split(", ").map((value) => value.trim()).filter(Boolean);

    const labelled = (name, control) => {
        const label = document.createElement("label");
        label.append(name, control);
        place.append(label);
        controls.set(name, control);
        control.addEventListener("input", filter);
    };

    const word = document.createElement("input");
    word.type = "search";
    word.placeholder = "name or words";
    word.value = given.get("word") || "";
    labelled("word", word);

    columns.forEach((name, column) => {
        if (column === 0) return;
        const counts = new Map();
        rows.forEach((row) => values(row, column).forEach((value) => counts.set(value, (counts.get(value) || 0) + 1)));
        const select = document.createElement("select");
        select.append(new Option("any", ""));
        // Topics keep the order of the sidebar; the table shows them in another one.
        const names = name === "topic" ? place.dataset.topics.split("|") : Array.from(counts.keys());
        names.forEach((value) => select.append(new Option(`${value} (${counts.get(value)})`, value)));
        if (name === "fix") select.append(new Option("none", "none"));
        select.value = given.get(name) || "";
        labelled(name, select);
    });

    const reset = document.createElement("button");
    reset.type = "button";
    reset.textContent = "Reset";
    reset.addEventListener("click", () => {
        controls.forEach((control) => (control.value = ""));
        filter();
    });
    const count = document.createElement("output");
    place.append(reset, count);

    function matches(row) {
        return Array.from(controls).every(([name, control]) => {
            const wanted = control.value;
            if (!wanted) return true;
            if (name === "word") {
                const text = row.cells[0].textContent.toLowerCase();
                return wanted.toLowerCase().split(/\s+/).every((part) => text.includes(part));
            }
            const found = values(row, columns.indexOf(name));
            return wanted === "none" ? found.length === 0 : found.includes(wanted);
        });
    }

    function filter() {
        let shown = 0;
        rows.forEach((row) => {
            row.hidden = !matches(row);
            shown += row.hidden ? 0 : 1;
        });
        count.textContent = `${shown} of ${rows.length} rules`;
        const query = new URLSearchParams();
        controls.forEach((control, name) => control.value && query.set(name, control.value));
        const text = query.toString();
        history.replaceState(null, "", location.pathname + (text && "?" + text) + location.hash);
    }

    filter();
})();
