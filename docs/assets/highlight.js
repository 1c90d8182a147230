// Colors for code that mdBook's highlight.js does not know: HCL, and what ecslint prints about the examples of a rule.
(function () {
    "use strict";
    if (typeof hljs === "undefined") return;

    const interpolation = { className: "subst", begin: /[$%]\{/, end: /\}/, contains: [] };
    const string = { className: "string", begin: /"/, end: /"/, contains: [{ begin: /\\./ }, { begin: /[$%]{2}\{/ }, interpolation] };
    const heredoc = { className: "string", begin: /<<-?\s*(\w+)\s*\n/, end: /^\s*[A-Z_]+$/, contains: [interpolation] };
    const number = { className: "number", begin: /\b\d+(\.\d+)?([eE][+-]?\d+)?\b/ };
    const call = { className: "built_in", begin: /\b[a-z]\w*(?=\()/ };
    const keywords = { literal: "true false null", keyword: "for in if else endif endfor" };
    interpolation.keywords = keywords;
    interpolation.contains = [string, number, call];

    hljs.registerLanguage("hcl", () => ({
        name: "HCL",
        aliases: ["terraform", "tf"],
        keywords: keywords,
        contains: [
            hljs.HASH_COMMENT_MODE,
            hljs.C_LINE_COMMENT_MODE,
            hljs.C_BLOCK_COMMENT_MODE,
            heredoc,
            string,
            // The type of a block, and the name of an argument or a key.
            { className: "keyword", begin: /^\s*[a-z]\w*(?=(\s+"[^"\n]*")*\s*\{)/ },
            { className: "attr", begin: /[A-Za-z_][\w-]*(?=\s*=[^=>])/ },
            call,
            number,
        ],
    }));

    hljs.registerLanguage("findings", () => ({
        contains: [
            { className: "found-error", begin: /\berror\[[\w-]+\]/ },
            { className: "found-warning", begin: /\bwarning\[[\w-]+\]/ },
            { className: "found-place", begin: /^\s*[\w./-]+:\d+:\d+/ },
            { className: "found-help", begin: /^\s+(help|fix|unsafe fix):/ },
        ],
    }));

    // mdBook has highlighted the page before this file runs, except the languages that it did not know.
    for (const language of ["hcl", "findings"]) {
        document.querySelectorAll("code.language-" + language).forEach((block) => hljs.highlightBlock(block));
    }
})();
