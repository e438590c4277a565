// The part of the endpoint table that only Communities have: topics and permission groups.
import { z } from 'zod';
import { endpoint, group, nothing, page } from './endpoint.ts';
import { account, groupId, listOf } from './schemas.ts';

const community = ['Community'] as const;
const topics = 'million_group_open_http_svc';

/** What `create_topic` and `modify_topic` may say of a topic. */
const topicTexts = {
  From_Account: account.optional(),
  CustomString: z.string().optional(),
  FaceUrl: z.string().optional(),
  Notification: z.string().optional(),
  Introduction: z.string().optional(),
};

/** A 64-bit mask in the documentation; beyond 2^53 a JSON number loses bits. */
const permission = z.int().min(0);
const permissionGroupId = z.string().min(1);
const topicResults = z.looseObject({
  TopicPermissionResultList: listOf(z.looseObject({ TopicId: z.string(), ErrorCode: z.number().nullish() })),
});
const members = z.array(z.object({ Member_Account: account }));
const memberCodes = z.looseObject({
  MemberList: listOf(z.looseObject({ Member_Account: z.string(), Result: z.number().nullish() })),
});
const inPermissionGroup = { GroupId: groupId, PermissionGroupId: permissionGroupId };

export const communityEndpoints = {
  create_topic: endpoint({
    service: topics,
    command: 'create_topic',
    body: z.object({
      GroupId: groupId,
      TopicName: z.string().min(1),
      TopicId: z.string().optional(),
      ...topicTexts,
    }),
    answer: z.looseObject({ TopicId: z.string() }),
    effect: 'change',
    groupTypes: community,
    page: page(49471),
  }),
  destroy_topic: endpoint({
    service: topics,
    command: 'destroy_topic',
    body: z.object({ GroupId: groupId, TopicIdList: z.array(z.string().min(1)) }),
    answer: z.looseObject({
      DestroyResultItem: listOf(z.looseObject({ TopicId: z.string(), ErrorCode: z.number() })),
    }),
    effect: 'change',
    groupTypes: community,
    batch: { field: 'TopicIdList', max: 200 },
    page: page(49470),
  }),
  get_topic: endpoint({
    service: topics,
    command: 'get_topic',
    body: z.object({
      GroupId: groupId,
      From_Account: account,
      TopicIdList: z.array(z.string().min(1)).optional(),
      ResponseFilter: z.array(z.string()).optional(),
    }),
    answer: z.looseObject({
      TopicAndSelfInfo: listOf(
        z.looseObject({
          ErrorCode: z.number().nullish(),
          SelfInfo: z.looseObject({}).nullish(),
          TopicInfo: z.looseObject({
            TopicId: z.string().nullish(),
            TopicName: z.string().nullish(),
            MuteAllMember: z.string().nullish(),
            NextMsgSeq: z.number().nullish(),
          }),
        }),
      ),
    }),
    effect: 'read',
    groupTypes: community,
    page: page(49469),
  }),
  modify_topic: endpoint({
    service: topics,
    command: 'modify_topic',
    body: z.object({
      GroupId: groupId,
      TopicId: z.string().min(1),
      TopicName: z.string().optional(),
      ...topicTexts,
      MuteAllMember: z.enum(['On', 'Off']).optional(),
    }),
    answer: nothing,
    effect: 'change',
    groupTypes: community,
    page: page(49468),
  }),

  create_permission_group: endpoint({
    service: group,
    command: 'create_permission_group',
    body: z.object({
      GroupId: groupId,
      PermissionGroupId: permissionGroupId.optional(),
      PermissionGroupName: z.string().min(1),
      Permission: permission,
      CustomString: z.string().optional(),
    }),
    answer: z.looseObject({ PermissionGroupId: z.string() }),
    effect: 'change',
    groupTypes: community,
    page: page(61232),
  }),
  destroy_permission_group: endpoint({
    service: group,
    command: 'destroy_permission_group',
    body: z.object({ GroupId: groupId, PermissionGroupIdList: z.array(permissionGroupId) }),
    answer: z.looseObject({
      PermissionGroupResultList: listOf(
        z.looseObject({ PermissionGroupId: z.string(), ErrorCode: z.number().nullish() }),
      ),
    }),
    effect: 'change',
    groupTypes: community,
    batch: { field: 'PermissionGroupIdList', max: 20 },
    page: page(61233),
  }),
  modify_permission_group: endpoint({
    service: group,
    command: 'modify_permission_group',
    body: z.object({
      ...inPermissionGroup,
      PermissionGroupName: z.string().optional(),
      Permission: permission.optional(),
      CustomString: z.string().optional(),
    }),
    answer: nothing,
    effect: 'change',
    groupTypes: community,
    zeros: ['Permission'],
    page: page(61234),
  }),
  get_permission_group: endpoint({
    service: group,
    command: 'get_permission_group',
    body: z.object({
      GroupId: groupId,
      PermissionGroupIdList: z.array(permissionGroupId).optional(),
      Limit: z.int().max(20).optional(),
      Next: z.string().optional(),
    }),
    answer: z.looseObject({
      PermissionGroupInfoList: listOf(
        z.looseObject({
          PermissionGroupId: z.string(),
          PermissionGroupName: z.string().nullish(),
          Permission: z.number().nullish(),
          MemberNum: z.number().nullish(),
          ErrorCode: z.number().nullish(),
        }),
      ),
      Next: z.coerce.string().nullish(),
    }),
    effect: 'read',
    groupTypes: community,
    page: page(61235),
  }),
  add_topic_permission_group: endpoint({
    service: group,
    command: 'add_topic_permission_group',
    body: z.object({
      ...inPermissionGroup,
      TopicPermissionList: z.array(z.object({ TopicId: z.string().min(1), Permission: permission })),
    }),
    answer: topicResults,
    effect: 'change',
    groupTypes: community,
    batch: { field: 'TopicPermissionList', max: 50 },
    page: page(61236),
  }),
  set_topic_permission_group: endpoint({
    service: group,
    command: 'set_topic_permission_group',
    body: z.object({
      ...inPermissionGroup,
      TopicPermissionList: z.array(z.object({ TopicId: z.string().min(1), Permission: permission })),
    }),
    answer: topicResults,
    effect: 'change',
    groupTypes: community,
    batch: { field: 'TopicPermissionList', max: 50 },
    page: page(61237),
  }),
  delete_topic_permission_group: endpoint({
    service: group,
    command: 'delete_topic_permission_group',
    body: z.object({ ...inPermissionGroup, TopicIdList: z.array(z.string().min(1)) }),
    answer: topicResults,
    effect: 'change',
    groupTypes: community,
    batch: { field: 'TopicIdList', max: 50 },
    page: page(61238),
  }),
  get_topic_permission_group: endpoint({
    service: group,
    command: 'get_topic_permission_group',
    body: z.object({ ...inPermissionGroup, TopicIdList: z.array(z.string().min(1)).optional() }),
    // The key of the list could not be verified.
    answer: z.looseObject({
      TopicPermissionList: listOf(z.looseObject({ TopicId: z.string(), Permission: z.number().nullish() })),
    }),
    effect: 'read',
    groupTypes: community,
    page: page(61239),
  }),
  add_permission_group_member: endpoint({
    service: group,
    command: 'add_permission_group_member',
    body: z.object({ ...inPermissionGroup, MemberList: members }),
    answer: memberCodes,
    effect: 'change',
    groupTypes: community,
    batch: { field: 'MemberList', max: 100 },
    page: page(61240),
  }),
  delete_permission_group_member: endpoint({
    service: group,
    command: 'delete_permission_group_member',
    body: z.object({ ...inPermissionGroup, MemberList: members }),
    answer: memberCodes,
    effect: 'change',
    groupTypes: community,
    batch: { field: 'MemberList', max: 100 },
    page: page(61241),
  }),
  get_permission_group_member_list: endpoint({
    service: group,
    command: 'get_permission_group_member_list',
    body: z.object({ ...inPermissionGroup, Limit: z.int().max(50).optional(), Next: z.string().optional() }),
    answer: z.looseObject({
      MemberList: listOf(z.looseObject({ Member_Account: z.string() })),
      Next: z.coerce.string().nullish(),
    }),
    effect: 'read',
    groupTypes: community,
    page: page(61242),
  }),
};
