"""Uploads photos with tuspy, one after the other, and says of each what the center said.

The job is a JSON file: see Job in clients.rs.
"""

import json
import sys
import time

from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed
from tusclient.storage.filestorage import FileStorage

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)


class ById:
    """Photos are known by their ids."""

    def __init__(self, photo):
        self.photo = photo

    def get_fingerprint(self, _file):
        return self.photo["id"]


def send(client, photo):
    uploader = client.uploader(
        photo["path"],
        chunk_size=job["chunk"] or sys.maxsize,
        metadata={"filename": "照片.jpg", "id": photo["id"], "sha256": photo["sha256"]},
        retries=100,
        retry_delay=0.05,
        store_url=True,
        url_storage=FileStorage(job["storage"]),
        fingerprinter=ById(photo),
        upload_checksum=job["checksum"],
    )
    uploader.upload()
    if uploader.request is None:
        # All of it was there before this one was made.
        return ""
    return uploader.request.response_headers.get("linli-stored", "")


def send_at_last(client, photo):
    # It doesn't try again by itself when an upload can't be created.
    for _ in range(200):
        try:
            return send(client, photo)
        except (TusCommunicationError, TusUploadFailed) as error:
            if error.status_code is not None:
                raise
            time.sleep(0.05)
    raise SystemExit("the center can't be reached")


client = TusClient(job["endpoint"], headers={"Authorization": job["token"]})
for photo in job["photos"]:
    print("stored", photo["id"], send_at_last(client, photo), flush=True)
