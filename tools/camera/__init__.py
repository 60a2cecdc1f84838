"""Training the two readers of `openmidas.documents.camera`. Needs torch, which no node needs."""
