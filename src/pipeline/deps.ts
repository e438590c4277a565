// The effects that the pipeline is handed.

import type { Registry } from '../command/registry.ts';
import type { Groups } from '../moderation/groups/groups.ts';
import type { Lookup } from '../moderation/groups/lists.ts';
import type { CurrentSettings } from '../moderation/settings.ts';
import type { Turns } from '../util/keyed-mutex.ts';
import type { Teller } from './act/notify.ts';
import type { Recorder } from './act/record.ts';

export interface PipelineParts extends Lookup {
  readonly groups: Groups;
  readonly registry: Registry;
  readonly settings: CurrentSettings;
  /** `null`: nothing is recorded. */
  readonly recorder: Recorder | null;
  /** One moderator's cases are opened one after the other, so that none overlooks another. */
  readonly turns: Turns;
  /** `null`: members are told nothing. */
  readonly teller: Pick<Teller, 'tell'> | null;
}
