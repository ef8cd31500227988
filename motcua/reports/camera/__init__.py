"""What may be seen of the smile index: figures of the whole desk, and by officer only while the head allows it."""
