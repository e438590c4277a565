// The effects that the pipeline is handed.
import type { ChangingCommand, Command } from '../command/command.ts';
import type { Registry } from '../command/registry.ts';
import type { CaseRepository, ModerationCase } from '../moderation/cases/case.ts';
import type { GroupFacts, MemberFacts } from '../moderation/groups/facts.ts';
import type { Groups } from '../moderation/groups/groups.ts';
import type { Lookup } from '../moderation/groups/lists.ts';
import type { LinkRepository } from '../moderation/people/link.ts';
import type { PlaceRepository } from '../moderation/place.ts';
import type { CurrentSettings, GroupSettings } from '../moderation/settings.ts';
import type { TargetResult } from '../request/outcome.ts';
import type { KeyedMutex } from '../util/keyed-mutex.ts';

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

/** The bot's database, and who hears of it when it cannot be written. */
export interface Recorder {
  readonly cases: CaseRepository;
  readonly links: LinkRepository;
  readonly places: PlaceRepository;
  readonly logger: {
    warn(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
  /** Called with each case that was settled or ended, as it is then. */
  settled?(record: ModerationCase): void;
}

/** What was done, and how the members whom it concerns are to learn of it. */
export interface Notice {
  readonly command: Pick<Command, 'name'> & Pick<ChangingCommand, 'ends' | 'removes'>;
  readonly group: GroupFacts;
  /** Those that are `done` and about a member are told. */
  readonly results: readonly TargetResult[];
  /** Whose role in the group was read just before; nobody asks Chat for it again. */
  readonly known?: readonly Pick<MemberFacts, 'account' | 'role'>[];
  readonly reason: string | undefined;
  readonly settings: Pick<GroupSettings, 'tell' | 'language'>;
  /** Name of the command that was taken back, where that is what was done. */
  readonly undone?: string;
}

export interface Notifier {
  /** Tells them. @returns the accounts that were not reached. Never rejects: what fails is logged. */
  notify(done: Notice): Promise<readonly string[]>;
  /** Resolves when everybody who is being told has been, or could not be. Never rejects. */
  settle(): Promise<void>;
}
