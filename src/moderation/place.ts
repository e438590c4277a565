// Places: where on a surface a group is moderated from, and where its log is written.
import type { CaseActor } from './people/actor.ts';

/** A server of a surface, or one channel of it. */
export interface Place {
  readonly surface: string;
  readonly guild: string;
  /** `null`: the whole server. */
  readonly channel: string | null;
}

export interface Binding {
  readonly place: Place;
  readonly group: string;
  readonly by: CaseActor;
  /** Unix milliseconds. */
  readonly at: number;
}

/** Where a group's cases are told as they happen. */
export interface LogChannel {
  readonly surface: string;
  readonly guild: string;
  readonly channel: string;
}

export interface PlaceRepository {
  /** Binds a place to a group, in place of the one that it was bound to. */
  bind(place: Place, group: string, by: CaseActor): Promise<Binding>;
  /** @returns the binding that was removed; `null` where there was none */
  unbind(place: Place): Promise<Binding | null>;
  /** The group of the first of these places that is bound. */
  groupOf(places: readonly Place[]): Promise<string | null>;
  /** Oldest first. */
  bindings(group: string): Promise<readonly Binding[]>;
  /** `null`: `/log` chose none. */
  logOf(group: string): Promise<LogChannel | null>;
  /** @param channel `null` takes the choice back */
  setLog(group: string, channel: LogChannel | null, by: CaseActor): Promise<void>;
}
