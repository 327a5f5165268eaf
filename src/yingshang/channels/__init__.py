"""The doors people come in by: portal, kiosk, counter, agency service."""
