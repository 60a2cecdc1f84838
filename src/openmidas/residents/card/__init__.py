"""The card that a border resident gets, as PDF: to print, cut out and keep."""
