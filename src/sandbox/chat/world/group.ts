// One group as Chat keeps it: profile, members, bans, topics, beside its own talk.
import type { BodyOf } from '../../../chat/protocol/endpoints.ts';
import { type GroupType, type MsgFlag, PERMANENT, type Role } from '../../../chat/protocol/schemas.ts';
import { groupBits, holds, type PermissionGroup, topicBits } from './permission-group.ts';
import { type Message, Place } from './place.ts';
import type { Topic } from './topic.ts';

export interface Member {
  readonly account: string;
  role: Role;
  /** Unix seconds. */
  joinTime: number;
  msgFlag: MsgFlag;
  nameCard: string;
  /** Unix seconds; 0 when the member never spoke. */
  lastSendMsgTime: number;
  /** Sequence number of the last message read. */
  readSeq: number;
  /** Custom fields, by key. */
  readonly fields: Map<string, string>;
}

export interface Ban {
  /** Unix seconds. */
  readonly until: number;
  readonly description: string;
}

/** What `modify_group_base_info` changes, under its names on the wire. */
export type GroupProfile = {
  [Field in ProfileField]: NonNullable<BodyOf<'modify_group_base_info'>[Field]>;
};
type ProfileField = Exclude<
  keyof BodyOf<'modify_group_base_info'>,
  'GroupId' | 'From_Account' | 'AppDefinedData'
>;

export interface GroupSpec {
  readonly id: string;
  readonly type: GroupType;
  readonly name: string;
  /** Empty for a group without an owner. */
  readonly owner?: string;
  /** Whether a Community has topics. */
  readonly supportTopic?: boolean;
  /** How many seconds ago it was made; 0 unless told. */
  readonly secondsAgo?: number;
  readonly profile?: Partial<GroupProfile>;
}

const maxMembers: Readonly<Record<GroupType, number>> = {
  Private: 6000,
  Public: 6000,
  ChatRoom: 6000,
  // No limit.
  AVChatRoom: 0,
  Community: 1_000_000,
};

/** Largest `MaxMemberNum` of a group type, as in the top edition (page 33529); 0 where there is no limit. */
export const maxMembersOf = (type: GroupType): number => maxMembers[type];

export class Group extends Place {
  readonly id: string;
  readonly type: GroupType;
  /** Unix seconds. */
  readonly createTime: number;
  readonly supportTopic: boolean;
  readonly profile: GroupProfile;
  owner: string;
  infoSeq = 0;
  lastInfoTime: number;
  /** In order of joining. Stays empty in a live room. */
  readonly members = new Map<string, Member>();
  readonly bans = new Map<string, Ban>();
  /** Topics of a Community, by ID, in order of making. */
  readonly topics = new Map<string, Topic>();
  /** Permission groups of a Community, by ID. */
  readonly permissionGroups = new Map<string, PermissionGroup>();
  /** Custom fields of the group (`AppDefinedData`). */
  readonly fields = new Map<string, string>();
  /** The store of keys and values that clients share. */
  readonly attributes = new Map<string, string>();
  readonly counters = new Map<string, number>();
  /** Who is inside a live room. */
  readonly online = new Set<string>();
  readonly liveAdmins = new Set<string>();

  /** @param now - Unix seconds */
  constructor(spec: GroupSpec, now: number) {
    super();
    this.id = spec.id;
    this.type = spec.type;
    this.createTime = now;
    this.lastInfoTime = now;
    this.owner = spec.owner ?? '';
    this.supportTopic = spec.supportTopic ?? false;
    this.profile = {
      Name: spec.name,
      Introduction: '',
      Notification: '',
      FaceUrl: '',
      MaxMemberNum: maxMembersOf(spec.type),
      ApplyJoinOption: spec.type === 'Public' ? 'NeedPermission' : 'FreeAccess',
      InviteJoinOption: 'FreeAccess',
      MuteAllMember: 'Off',
      HistoryMsgBeforeJoin: 'Off',
      EnablePermission: 0,
      DefaultPermission: 0,
      ...spec.profile,
    };
    if (this.owner !== '' && this.keepsMembers) this.join(this.owner, now, 'Owner');
  }

  /** A live room stores no members, only who is online. */
  get keepsMembers(): boolean {
    return this.type !== 'AVChatRoom';
  }

  /** Work groups are invisible until somebody speaks (page 33529). */
  get isActive(): boolean {
    return this.type !== 'Private' || this.messages.some((message) => !message.isSystem);
  }

  get memberNum(): number {
    return this.keepsMembers ? this.members.size : this.online.size;
  }

  /** Who is a member, or inside the live room. */
  get accounts(): readonly string[] {
    return [...(this.keepsMembers ? this.members.keys() : this.online)];
  }

  /** Whether no further member fits in. */
  isFull(arriving = 1): boolean {
    const max = this.profile.MaxMemberNum;
    return max > 0 && this.memberNum + arriving > max;
  }

  /** Whether the account is a member, or inside the live room. */
  has(account: string): boolean {
    return this.keepsMembers ? this.members.has(account) : this.online.has(account);
  }

  /** Adds a member; a mute from an earlier stay goes on. In a live room the account comes online. */
  join(account: string, now: number, role: Role = 'Member'): Member | undefined {
    if (!this.keepsMembers) {
      this.online.add(account);
      return undefined;
    }
    const known = this.members.get(account);
    if (known !== undefined) return known;
    const member: Member = {
      account,
      role,
      joinTime: now,
      msgFlag: 'AcceptAndNotify',
      nameCard: '',
      lastSendMsgTime: 0,
      readSeq: 0,
      fields: new Map(),
    };
    this.members.set(account, member);
    return member;
  }

  /** Takes a member out, or offline. @returns false when the account was not in. */
  leave(account: string): boolean {
    if (!this.keepsMembers) return this.online.delete(account);
    if (account === this.owner) this.owner = '';
    for (const { members } of this.permissionGroups.values()) members.delete(account);
    return this.members.delete(account);
  }

  /** Bans for that many seconds from `now` and takes the account out. */
  ban(account: string, seconds: number, now: number, description = ''): void {
    this.bans.set(account, { until: Math.min(now + seconds, PERMANENT), description });
    this.leave(account);
  }

  isBanned(account: string, now: number): boolean {
    return (this.bans.get(account)?.until ?? 0) > now;
  }

  /** Whether the account may speak while everybody is muted, and counts as a moderator. */
  isModerator(account: string): boolean {
    if (account === this.owner) return true;
    if (!this.keepsMembers) return this.liveAdmins.has(account);
    // Permission groups take the powers of a classic Admin away (page 33529).
    return this.profile.EnablePermission !== 1 && this.members.get(account)?.role === 'Admin';
  }

  /**
   * Whether the permission groups let an account speak: always while they are off, and the owner. In a topic with
   * masks of its own these decide, elsewhere those for the Community.
   */
  permitsToSpeak(account: string, topic: Topic | undefined): boolean {
    if (this.profile.EnablePermission !== 1 || account === this.owner) return true;
    const hasMasks = topic !== undefined && this.#groupsOn(topic).length > 0;
    return hasMasks
      ? this.#holdsOn(account, topic, topicBits.SendTopicMessage)
      : this.#holdsHere(account, groupBits.SendGroupMessage);
  }

  /** Whether the permission groups let an account take back what others said. */
  permitsToRecall(account: string, topic: Topic | undefined): boolean {
    if (this.profile.EnablePermission !== 1) return false;
    if (account === this.owner) return true;
    return topic === undefined
      ? this.#holdsHere(account, groupBits.RevokeOtherMember)
      : this.#holdsOn(account, topic, topicBits.RevokeOtherMember);
  }

  #groupsOn(topic: Topic): PermissionGroup[] {
    return [...this.permissionGroups.values()].filter(({ topics }) => topics.has(topic.id));
  }

  #holdsOn(account: string, topic: Topic, bit: number): boolean {
    return this.#groupsOn(topic).some(
      ({ members, topics }) => members.has(account) && holds(topics.get(topic.id) ?? 0, bit),
    );
  }

  #holdsHere(account: string, bit: number): boolean {
    const granted = [...this.permissionGroups.values()].some(
      ({ members, permission }) => members.has(account) && holds(permission, bit),
    );
    return granted || holds(this.profile.DefaultPermission, bit);
  }

  override restore(stored: Message): void {
    super.restore(stored);
    const sender = this.members.get(stored.from);
    if (sender !== undefined && !stored.isSystem) sender.lastSendMsgTime = stored.time;
  }
}
