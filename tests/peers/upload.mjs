// The public client of tus, tus-js-client: reads one JSON object a line and answers with one.
//
// `{"file", "endpoint" | "url", "id", "remembered", "piece"}` sends a file to what `endpoint` makes of
// `id`, or to `url`, in pieces or at once; where it finds in the file `remembered` that an earlier
// process began, it goes on. Answers `{"url", "from"}`, `from` being where the server said that it was.
// `{"end"}` ends the upload at that address. Whatever goes wrong is `{"error"}`.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import tus from "tus-js-client";

const send = ({ file, endpoint, url, id, remembered, piece }) =>
  new Promise((resolve, reject) => {
    let from = null;
    const upload = new tus.Upload(createReadStream(file), {
      endpoint,
      uploadUrl: url,
      metadata: { id, filename: "card.jpg" },
      chunkSize: piece ?? Infinity,
      ...(remembered && { urlStorage: new tus.FileUrlStorage(remembered) }),
      retryDelays: null,
      onAfterResponse: (request, response) => {
        if (request.getMethod() === "HEAD") from ??= Number(response.getHeader("Upload-Offset"));
      },
      onSuccess: () => resolve({ url: upload.url, from }),
      onError: reject,
    });
    const begun = remembered ? upload.findPreviousUploads() : Promise.resolve([]);
    begun
      .then(([earlier]) => {
        if (earlier) upload.resumeFromPreviousUpload(earlier);
        upload.start();
      })
      .catch(reject);
  });

const act = (question) =>
  question.end ? tus.Upload.terminate(question.end, { retryDelays: null }).then(() => ({})) : send(question);

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await act(JSON.parse(line)).catch((error) => ({ error: String(error?.message ?? error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
