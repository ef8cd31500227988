"""The pages people stand or sit in front of, and the streams that keep them true. Never SQL or a rule."""
