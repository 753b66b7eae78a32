"""Drawing set pages with ReportLab and sealing them as archivable PDF with pikepdf."""
