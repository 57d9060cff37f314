// Rewrites a video without decoding it, as phones and other programs write theirs, or tells what is
// in one:  node remux.mjs SOURCE [TARGET PLAN]
// PLAN is JSON: {"times": seconds of each frame, "rotation": degrees, "sound": true, "first": true
// for an index before the pictures}. Without TARGET it prints {"video": [[time, duration]],
// "audio": [[time, duration]], "rotation", "videoCodec", "audioCodec"}.
import { readFile, writeFile } from "node:fs/promises";
import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from "mediabunny";

const RATE = 8000;

async function packetsOf(track) {
  const packets = [];
  if (track) for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
  return packets;
}

/** A second of sound a packet: a quiet tone as numbers, which every MP4 may hold. */
async function addTone(source, seconds) {
  for (let second = 0; second < seconds; second += 1) {
    const wave = Int16Array.from({ length: RATE }, (_, i) => 2000 * Math.sin((i * 440 * 6.28) / RATE));
    const packet = new EncodedPacket(new Uint8Array(wave.buffer), "key", second, 1);
    await source.add(packet, {
      decoderConfig: { codec: "pcm-s16", sampleRate: RATE, numberOfChannels: 1 },
    });
  }
  source.close();
}

async function remux(track, target, plan) {
  const format = target.endsWith(".webm")
    ? new WebMOutputFormat()
    : new Mp4OutputFormat({ fastStart: plan.first ? "in-memory" : false });
  const output = new Output({ format, target: new BufferTarget() });
  const pictures = new EncodedVideoPacketSource(await track.getCodec());
  output.addVideoTrack(pictures, { rotation: plan.rotation ?? 0 });
  const tone = plan.sound ? new EncodedAudioPacketSource("pcm-s16") : null;
  if (tone) output.addAudioTrack(tone);
  await output.start();
  const packets = await packetsOf(track);
  const times = plan.times ?? packets.map((packet) => packet.timestamp);
  const decoderConfig = await track.getDecoderConfig();
  const written = (async () => {
    for (const [index, packet] of packets.entries()) {
      const timestamp = times[index];
      const duration = (times[index + 1] ?? timestamp + packet.duration) - timestamp;
      await pictures.add(packet.clone({ timestamp, duration }), { decoderConfig });
    }
    pictures.close();
  })();
  await Promise.all([written, tone && addTone(tone, Math.ceil(times.at(-1)))]);
  await output.finalize();
  await writeFile(target, new Uint8Array(output.target.buffer));
}

const [source, target, plan] = process.argv.slice(2);
const data = await readFile(source);
const input = new Input({ source: new BufferSource(data), formats: ALL_FORMATS });
const video = await input.getPrimaryVideoTrack();
const audio = await input.getPrimaryAudioTrack();
if (target) {
  await remux(video, target, JSON.parse(plan));
} else {
  const times = async (track) =>
    (await packetsOf(track)).map(({ timestamp, duration }) => [timestamp, duration]);
  console.log(
    JSON.stringify({
      video: await times(video),
      audio: await times(audio),
      rotation: await video.getRotation(),
      videoCodec: await video.getCodec(),
      audioCodec: (await audio?.getCodec()) ?? null,
    }),
  );
}
