"""tantivy by its Python package: the library compiled, called from Python.

    python3 tantivy_engine.py JOB ANSWER
"""

import json
import re
import shutil
import statistics
import sys
import time
from pathlib import Path

import tantivy


def ids(searcher, query):
    return [searcher.doc(address)["id"][0] for _, address in searcher.search(query, 10).hits]


def main(job_path, answer_path):
    job = json.loads(Path(job_path).read_text("utf-8"))
    analyzer = {"tantivy": "default", "tantivy-stemmed": "en_stem"}[job["engine"]]
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("title", tokenizer_name=analyzer)
    builder.add_text_field("text", tokenizer_name=analyzer)
    folder = Path(job["folder"], job["engine"])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)

    begun = time.perf_counter()
    index = tantivy.Index(builder.build(), path=str(folder))
    writer = index.writer(num_threads=1)
    for doc in job["docs"]:
        writer.add_document(tantivy.Document(**{name: doc[name] for name in ("id", "title", "text")}))
    writer.commit()
    writer.wait_merging_threads()
    build_ms = (time.perf_counter() - begun) * 1000
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())

    index.reload()
    searcher = index.searcher()

    def search(text):
        # Signs and capitals are commands in its queries (`-word`, `field:word`, `OR`).
        plain = re.sub(r"[\W_]+", " ", text).lower()
        return ids(searcher, index.parse_query(plain, ["title", "text"]))

    ranked = [search(query) for query in job["queries"]]
    times = [[] for _ in job["queries"]]
    for _ in range(job["rounds"]):
        for query, taken in zip(job["queries"], times):
            begun = time.perf_counter()
            search(query)
            taken.append((time.perf_counter() - begun) * 1000)
    answer = {
        "ranked": ranked,
        "times_ms": [statistics.median(taken) for taken in times],
        "build_ms": build_ms,
        "index_bytes": size,
        "brotli_bytes": None,
    }
    Path(answer_path).write_text(json.dumps(answer), "utf-8")


main(*sys.argv[1:])
