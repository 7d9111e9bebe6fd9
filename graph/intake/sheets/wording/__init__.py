"""What single headings and cells mean; synonyms are data (ontology/sheet-words.json), nothing here knows a sheet's layout."""
