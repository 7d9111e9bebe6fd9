"""Workbooks of LibreOffice (ISO/IEC 26300)."""
