// The call that names the download links of an hour's messages.
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, plainCall } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { beijingTime, fileOf, hourOf, isKept, md5Of } from '../../world/message-files.ts';

/** Seconds for which a link leads anywhere. */
export const LINK_VALID = 86_400;

/** @throws Failure 1002 for an hour that there is not, 1004 for a file not made yet or thrown away */
function listFiles(call: Call, body: Body<'get_history'>): Answer {
  const { world } = call;
  const hour = hourOf(body.MsgTime);
  if (hour === undefined) throw new Failure(1002, 'MsgTime is an hour such as 2026112409');
  if (!isKept(hour, world.now())) throw new Failure(1004);
  const file = fileOf(world, body.ChatType, hour);
  if (file === undefined) return { File: [] };
  const expires = world.now() + LINK_VALID;
  return {
    File: [
      {
        URL: call.downloadLink(body.ChatType, body.MsgTime, expires),
        ExpireTime: beijingTime(expires),
        FileSize: file.text.length,
        FileMD5: md5Of(file.text),
        GzipSize: file.gzip.length,
        GzipMD5: md5Of(file.gzip),
      },
    ],
  };
}

export const historyRoutes = { get_history: plainCall('get_history', listFiles) };
