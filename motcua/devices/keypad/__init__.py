"""Keypads of officers and rating pads of citizens, over serial lines, Modbus, HID and MQTT.

Never what a press means to the desk.
"""
