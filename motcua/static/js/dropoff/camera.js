/** The page's own camera: what it sees, and one picture of it. Nothing is stored in the browser. */

const SIDE_PX = 2400; // the desk makes 2,000 of it
const QUALITY = 0.9;
const WISHES = { video: { facingMode: "environment", width: { ideal: 3840 }, height: { ideal: 2160 } }, audio: false };

let stream = /** @type {MediaStream | null} */ (null);

/** Whether this page may have a camera at all: browsers give one only to this computer's own pages and to TLS. */
export const canHaveCamera = () => Boolean(navigator.mediaDevices?.getUserMedia);

/** Let `video` show what the camera sees. Resolves to false where there is none, or it is not allowed. */
export async function watchCamera(video) {
  if (!canHaveCamera()) return false;
  try {
    stream ??= await navigator.mediaDevices.getUserMedia(WISHES);
  } catch {
    return false; // no camera, in use elsewhere, or not allowed: the screen says so
  }
  if (video.srcObject !== stream) video.srcObject = stream;
  await video.play().catch(() => null); // it was taken off the screen meanwhile
  return true;
}

/** Take one picture of what `video` shows: a JPEG in base64, without its heading. */
export function takePicture(video) {
  const { videoWidth: width, videoHeight: height } = video;
  const scale = Math.min(1, SIDE_PX / Math.max(width, height, 1));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", QUALITY).split(",")[1] ?? "";
}

/** Switch the camera off: its light goes out. */
export function stopCamera() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
}
