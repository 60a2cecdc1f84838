"""Lost and stolen documents: published at the HQ, carried as a file, asked at the counter."""
