"""From a workbook that grew over years to tables: read in a limited child, laid out, understood, reviewed by a person."""
