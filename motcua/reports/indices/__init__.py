"""Official indices as their texts define them: Circular 01/2018, Decision 766, the ministry's satisfaction rate."""
