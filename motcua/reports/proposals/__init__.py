"""What is laid before people about one officer, and the paper that they sign. Reads only; nothing is proposed here."""
