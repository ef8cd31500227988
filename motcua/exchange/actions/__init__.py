"""Taking dossiers along, and taking in what another system says of them."""
