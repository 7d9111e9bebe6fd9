"""Workbooks of Excel (ISO/IEC 29500)."""
