// System tips: the notices that a group stores in its history when its members or its profile change.
import type { GroupType } from '../../../chat/protocol/schemas.ts';
import type { Call } from '../rules/call.ts';
import type { Group } from '../world/group.ts';
import type { Message } from '../world/place.ts';

/** Sender of every tip. */
const TIP_SENDER = '@TIM#SYSTEM';

type TipEvent = 'Joined' | 'Left' | 'Kicked' | 'Muted' | 'AdminChanged' | 'InfoChanged' | 'OwnerChanged';

const withMemberTips: readonly GroupType[] = ['Private', 'Public', 'Community'];
const withInfoTips: readonly GroupType[] = ['Private', 'Public', 'ChatRoom', 'Community'];

/** Where a tip is stored (page 33529); elsewhere it is off, or shown and forgotten. */
const storedIn: Readonly<Record<TipEvent, readonly GroupType[]>> = {
  Joined: withMemberTips,
  Left: withMemberTips,
  Kicked: withMemberTips,
  Muted: withMemberTips,
  AdminChanged: withMemberTips,
  InfoChanged: withInfoTips,
  OwnerChanged: withInfoTips,
};

/** Stores a tip where the group type keeps it; it takes a sequence number of its own. */
export function addTip(
  { world, operator }: Pick<Call, 'world' | 'operator'>,
  group: Group,
  event: TipEvent,
  accounts: readonly string[] = [],
): void {
  if (!storedIn[event].includes(group.type) || !group.isActive) return;
  group.store({
    from: TIP_SENDER,
    random: 0,
    time: world.now(),
    priority: 2,
    body: tipBody(event, operator, accounts),
    isSystem: true,
    cloudCustomData: '',
    platform: 'RESTAPI',
  });
}

/** A list like any other body, as typed SDKs expect; its element is this stand-in's own. */
const tipBody = (event: TipEvent, operator: string, accounts: readonly string[]): Message['body'] => [
  {
    MsgType: 'TIMGroupTipElem',
    MsgContent: { Event: event, Operator_Account: operator, MemberList: accounts },
  },
];
