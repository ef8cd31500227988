/** Opens the browser's print dialog for the sheet. */
document.getElementById("print")?.addEventListener("click", () => window.print());
