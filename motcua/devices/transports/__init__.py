"""Ways for bytes: serial line, socket, HID, MQTT. No byte means anything here."""
