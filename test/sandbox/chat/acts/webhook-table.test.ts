// Every webhook of the protocol's table comes from the stand-in, and every body of it is one that the table reads.
import { expect, it } from 'vitest';
import { readWebhook, signFault, webhookCommands } from '../../../../src/chat/protocol/webhooks/index.ts';
import { NOW } from '../harness.ts';
import { receive } from '../receiver.ts';

/** What nothing here can set off: read receipts, a quota that is never used up, and content moderation. */
const notModelled = [
  'Group.CallbackAfterReadReceipt',
  'Group.CallbackOnDailyGroupQuotaAlarm',
  'C2C.CallbackAfterMsgReport',
  'ContentCallback.ResultNotify',
];

it('holds for all of them', async () => {
  const { call, service, events } = await receive(undefined, {}, { rateLimits: true });
  const element = { MsgType: 'TIMTextElem', MsgContent: { Text: 'x' } };
  const plaza = { GroupId: '@TGS#_plaza' };
  const topic = { ...plaza, TopicId: '@TGS#_plaza@TOPIC#_new' };
  await service.logIn('bob');
  await service.join('live', 'bob');
  await service.join('live', 'ken');
  await service.join('arena', 'ken');
  await service.invite('team', 'bob', ['ken']);
  await service.leave('arena', 'ken');
  await service.say('guild', 'bob', 'hi', { mentions: ['carol'] });
  await service.say('guild', 'carol', 'muted');
  await service.recall('guild', 'bob', 14);
  await service.whisper('bob', 'carol', 'psst');
  const [key] = service.world.oneToOne.map(({ seq, random, time }) => `${seq}_${random}_${time}`);
  await call('admin_msgwithdraw', { From_Account: 'bob', To_Account: 'carol', MsgKey: key });
  await call('create_group', {
    Type: 'Public',
    Name: 'n',
    GroupId: 'new',
    MaxMemberCount: 1,
    Owner_Account: 'bob',
  });
  await call('modify_group_base_info', { GroupId: 'new', Name: 'other', MaxMemberNum: 2 });
  await call('add_group_member', { GroupId: 'new', MemberList: [{ Member_Account: 'ken' }] });
  await call('modify_group_member_info', { GroupId: 'new', Member_Account: 'ken', Role: 'Admin' });
  await call('change_group_owner', { GroupId: 'new', NewOwner_Account: 'ken' });
  await call('set_group_attr', { GroupId: 'new', GroupAttr: [{ key: 'a', value: 'b' }] });
  await call('destroy_group', { GroupId: 'new' });
  await call('create_topic', { ...topic, TopicName: 'New' });
  await call('modify_topic', { ...topic, Notification: 'read me' });
  await call('send_group_msg', { ...topic, Random: 1, MsgBody: [element], CloudCustomData: 'c' });
  await call('destroy_topic', { ...plaza, TopicIdList: [topic.TopicId] });
  await call('portrait_set', {
    From_Account: 'bob',
    ProfileItem: [{ Tag: 'Tag_Profile_IM_Nick', Value: 'B' }],
  });
  await call('get_appid_group_list', {});
  await call('get_appid_group_list', {});
  await service.webhooksSettled();

  const seen = new Set(events.map(({ query }) => query.get('CallbackCommand')));
  expect(webhookCommands.filter((command) => !seen.has(command)).toSorted()).toEqual(notModelled.toSorted());
  for (const { query, body } of events) {
    const command = query.get('CallbackCommand') ?? '';
    const origin = { platform: query.get('OptPlatform') ?? '', clientIp: query.get('ClientIP') ?? '' };
    expect([command, readWebhook(command, origin, body).kind]).toEqual([command, 'read']);
    const signed = { sign: query.get('Sign') ?? '', requestTime: query.get('RequestTime') ?? '' };
    expect(signFault({ token: 'xxxxyyyy', now: NOW, ...signed })).toBeNull();
  }
});
