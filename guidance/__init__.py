"""The thinking half of Waymark: pure Python over procedures_corpus/. Imports no Rasa, FastAPI or FAISS."""
