"""Pages and calls that the same people may open, by the ends of their endpoints, for the access table."""

PROPOSAL_PAGES = (
    "leaders_proposals", "leaders_proposal", "proposal_paper", "propose", "write_grounds", "ask_officer",
    "withdraw_proposal",
)  # fmt: skip
PROPOSAL_CALLS = (
    "proposals", "officer_proposals", "proposal", "proposal_paper", "propose", "write_grounds", "ask_officer",
    "withdraw_proposal",
)  # fmt: skip
OWN_PROPOSAL_CALLS = ("own_proposals", "own_proposal", "own_paper", "answer_proposal", "refuse_answer")
CATALOGUE_PAGES = (
    "catalogue", "catalogue_item", "save_procedure", "withdraw_procedure",
    "catalogue_files", "catalogue_file", "preview_procedures", "import_procedures",
    "flows", "flow", "save_flow", "withdraw_flow", "flow_files", "flow_file", "preview_flows", "import_flows",
    "linked", "save_linked", "withdraw_linked",
    "form_templates", "add_form_template", "form_template", "remove_form_template",
)  # fmt: skip
INDEX_PAGES = (
    "leaders_indices", "indices_behind", "dossier_template", "import_dossiers", "remove_dossiers",
    "dossier_report", "dossiers_behind",
)  # fmt: skip
LOOKUP_PAGES = (
    "book", "booking", "procedures", "procedure", "terminal",
    "find_dossier", "find_dossier_submit", "own_dossier", "own_dossier_submit", "dossier_worker",
)  # fmt: skip
BOARD_PAGES = (
    "dossier_board",
    "dossier_book",
    "dossier_page",
    "dossier_whole",
    "dossier_move",
    "dossier_same_day",
    "dossier_fee",
    "cash",
    "cash_step",
    "cash_sheet",
    "bank",
    "bank_step",
    "mailings",
    "mailing_step",
    "mailing_paper",
    "dossier_mailing",
)
