// The effects that the pipeline is handed.

import type { Registry } from '../command/registry.ts';
import type { Groups } from '../moderation/groups/groups.ts';
import type { Lookup } from '../moderation/groups/lists.ts';
import type { CurrentSettings } from '../moderation/settings.ts';
import type { KeyedMutex } from '../util/keyed-mutex.ts';
import type { Notifier } from './act/notify.ts';
import type { Recorder } from './act/record.ts';

export interface PipelineDeps extends Lookup {
  readonly groups: Groups;
  readonly registry: Registry;
  readonly settings: CurrentSettings;
  /** `null`: nothing is recorded. */
  readonly recorder: Recorder | null;
  /** One moderator's cases are opened one after the other, so that none overlooks another. */
  readonly mutex: KeyedMutex;
  /** `null`: members are told nothing. */
  readonly notifier: Pick<Notifier, 'notify'> | null;
}
