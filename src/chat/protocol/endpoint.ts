// The shape of an entry of the endpoint table, and what its entries share.
import { z } from 'zod';
import { account, type GroupType, groupTypes, listOf, roles } from './schemas.ts';

export interface Endpoint<Body extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  /** Second-last part of the path `v4/{service}/{command}`. */
  readonly service: string;
  readonly command: string;
  readonly body: Body;
  readonly answer: Answer;
  /** `change` when the call alters something in Chat. */
  readonly effect: 'read' | 'change';
  /** Group types that the documentation allows. */
  readonly groupTypes: readonly GroupType[];
  /** Fields that fewer group types allow than the call itself. */
  readonly fieldGroupTypes?: Readonly<Record<string, readonly GroupType[]>>;
  /** The list in the body that is limited, and to how many items. */
  readonly batch?: { readonly field: string; readonly max: number };
  /**
   * Optional fields whose zero value (0, an empty text) means something. In any other optional field it stands
   * for "not set", as typed clients send it.
   */
  readonly zeros?: readonly string[];
  /** Documented cap, calls a second for one application. */
  readonly callsPerSecond: number;
  /** Page of the documentation. */
  readonly page: string;
}

export const page = (number: number) => `https://www.tencentcloud.com/document/product/1047/${number}`;

export const all = groupTypes;
export const withMembers = ['Private', 'Public', 'ChatRoom', 'Community'] as const;
export const withMute = ['Public', 'ChatRoom', 'AVChatRoom', 'Community'] as const;
export const withAdmins = ['Public', 'ChatRoom', 'Community'] as const;
export const live = ['AVChatRoom'] as const;

export const nothing = z.looseObject({});
export const accounts = z.array(account);
export const memberList = z.array(z.looseObject({ Member_Account: account }));
export const memberResults = z.looseObject({
  MemberList: listOf(z.looseObject({ Member_Account: z.string(), Result: z.number() })),
});
export const group = 'group_open_http_svc';
export const liveRoom = 'group_open_avchatroom_http_svc';
export const login = 'im_open_login_svc';

/** Makes an entry; 200 calls a second unless told. */
export function endpoint<const Body extends z.ZodType, const Answer extends z.ZodType>(
  entry: Omit<Endpoint<Body, Answer>, 'callsPerSecond'> & { callsPerSecond?: number },
): Endpoint<Body, Answer> {
  return { callsPerSecond: 200, ...entry };
}

export const profileFilters = {
  MemberInfoFilter: z.array(z.string()).optional(),
  MemberRoleFilter: z.array(z.enum(roles)).optional(),
  AppDefinedDataFilter_GroupMember: z.array(z.string()).optional(),
};
