// Uploads photos with tus-js-client, one after the other, and says of each what the center said.
// The job is a JSON file: see Job in clients.rs.
import { createReadStream, readFileSync } from 'node:fs'
import tus from 'tus-js-client'

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'))

function send(photo) {
  return new Promise((done, failed) => {
    let stored = ''
    const upload = new tus.Upload(createReadStream(photo.path), {
      endpoint: job.endpoint,
      headers: { Authorization: job.token },
      metadata: { filename: '照片.jpg', filetype: 'image/jpeg', id: photo.id, sha256: photo.sha256 },
      chunkSize: job.chunk ?? Infinity,
      uploadDataDuringCreation: job.creation,
      retryDelays: Array(100).fill(50),
      urlStorage: new tus.FileUrlStorage(job.storage),
      storeFingerprintForResuming: true,
      fingerprint: async () => photo.id,
      onAfterResponse: (_, response) => {
        stored = response.getHeader('Linli-Stored') ?? ''
      },
      onSuccess: () => done(stored),
      onError: failed,
    })
    upload.findPreviousUploads().then((earlier) => {
      if (earlier.length > 0) upload.resumeFromPreviousUpload(earlier[0])
      upload.start()
    }, failed)
  })
}

for (const photo of job.photos) console.log(`stored ${photo.id} ${await send(photo)}`)
