"""Times that people booked from their phones: slots, bookings, who checked in. Never the choice of a ticket."""
