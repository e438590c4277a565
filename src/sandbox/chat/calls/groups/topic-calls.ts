// Calls about topics of a Community: make, read, change, destroy.
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, groupCall } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { bytesOf, requireTexts } from '../../rules/limits.ts';
import type { Group } from '../../world/group.ts';
import { Topic } from '../../world/topic.ts';

const MAX_TOPICS = 200;
const MAX_ID = 96;
/** The word for success in these calls' answers (pages 49468 to 49471). */
const OK = { ErrorInfo: 'ok' };

/** @throws Failure 10007 unless the Community was made with topics */
function requireTopics(group: Group): void {
  if (!group.supportTopic) throw new Failure(10007, 'the Community was made without topics');
}

async function createTopic(call: Call, body: Body<'create_topic'>, group: Group): Promise<Answer> {
  requireTopics(group);
  requireTexts(body);
  requireNewTopic(group, body.TopicId);
  const about = { GroupId: group.id, Operator_Account: body.From_Account ?? call.operator, Type: group.type };
  const fields = { ...about, Name: body.TopicName };
  await call.webhooks.before('Group.CallbackBeforeCreateTopic', fields, call);
  // The webhook took its time: somebody else may have taken the ID.
  requireNewTopic(group, body.TopicId);
  const id = body.TopicId ?? call.world.newTopicId(group.id);
  group.topics.set(id, new Topic(id, { TopicName: body.TopicName, ...textsOf(body) }, call.world.now()));
  call.webhooks.after('Group.CallbackAfterCreateTopic', { ...fields, TopicId: id }, call);
  return { ...OK, TopicId: id };
}

function requireNewTopic(group: Group, id: string | undefined): void {
  if (group.topics.size >= MAX_TOPICS)
    throw new Failure(10036, `a Community has at most ${MAX_TOPICS} topics`);
  if (id === undefined) return;
  const prefix = `${group.id}@TOPIC#_`;
  const own = id.slice(prefix.length);
  const isWellFormed =
    id.startsWith(prefix) &&
    /^[\x20-\x7e]+$/.test(own) &&
    !own.includes('@TGS#_') &&
    !own.startsWith('@TOPIC#');
  if (!isWellFormed || bytesOf(id) > MAX_ID) throw new Failure(10004, `TopicId is ${prefix} and a name`);
  if (group.topics.has(id)) throw new Failure(10021, 'TopicId is already used');
}

/** What a body says of a topic's texts, without what it leaves out. */
function textsOf(body: Body<'create_topic'> | Body<'modify_topic'>) {
  const { CustomString, FaceUrl, Notification, Introduction } = body;
  return {
    ...(CustomString !== undefined && { CustomString }),
    ...(FaceUrl !== undefined && { FaceUrl }),
    ...(Notification !== undefined && { Notification }),
    ...(Introduction !== undefined && { Introduction }),
  };
}

function destroyTopics(call: Call, body: Body<'destroy_topic'>, group: Group): Answer {
  requireTopics(group);
  const results = body.TopicIdList.map((id) =>
    removeTopic(group, id)
      ? { ErrorCode: 0, ErrorInfo: 'ok', TopicId: id }
      : { ErrorCode: 110003, ErrorInfo: 'the topic is deleted already', TopicId: id },
  );
  const gone = results.filter(({ ErrorCode }) => ErrorCode === 0).map(({ TopicId }) => TopicId);
  if (gone.length > 0) {
    const fields = {
      GroupId: group.id,
      Type: group.type,
      Operator_Account: call.operator,
      TopicIdList: gone,
    };
    call.webhooks.after('Group.CallbackAfterTopicDestroyed', fields, call);
  }
  return { ...OK, DestroyResultItem: results };
}

function removeTopic(group: Group, id: string): boolean {
  for (const { topics } of group.permissionGroups.values()) topics.delete(id);
  return group.topics.delete(id);
}

function listTopics(_call: Call, body: Body<'get_topic'>, group: Group): Answer {
  requireTopics(group);
  const ids = body.TopicIdList ?? [...group.topics.keys()];
  return { ...OK, TopicAndSelfInfo: ids.map((id) => detailsOf(group, id, body)) };
}

function detailsOf(group: Group, id: string, body: Body<'get_topic'>): Answer {
  const topic = group.topics.get(id);
  if (topic === undefined) {
    return { ErrorCode: 110013, ErrorInfo: 'topic id is invalid', TopicInfo: { TopicId: id } };
  }
  const info = {
    ...{ TopicId: topic.id, GroupID: group.id, ...topic.profile, CreateTime: topic.createTime },
    ...{ LastMsgTime: topic.lastMsgTime, NextMsgSeq: topic.nextMsgSeq },
  };
  const wanted = body.ResponseFilter;
  const shown = Object.entries(info).filter(([field]) => wanted === undefined || wanted.includes(field));
  const member = group.members.get(body.From_Account);
  return {
    ErrorCode: 0,
    ErrorInfo: 'ok',
    SelfInfo: {
      // The one field that Chat never renamed.
      ShutUpTime: topic.mutes.get(body.From_Account) ?? 0,
      MsgSeq: 0,
      MsgFlag: member?.msgFlag ?? 'AcceptAndNotify',
    },
    TopicInfo: { TopicId: topic.id, ...Object.fromEntries(shown) },
  };
}

function modifyTopic(call: Call, body: Body<'modify_topic'>, group: Group, topic: Topic | undefined): Answer {
  requireTopics(group);
  if (topic === undefined) throw new Failure(110013);
  requireTexts(body);
  const { TopicName, MuteAllMember } = body;
  const texts = { ...(TopicName !== undefined && { TopicName }), ...textsOf(body) };
  Object.assign(topic.profile, { ...texts, ...(MuteAllMember !== undefined && { MuteAllMember }) });
  const { TopicName: Name, CustomString: _custom, ...told } = texts;
  const changed = { ...(Name !== undefined && { Name }), ...told };
  if (Object.keys(changed).length > 0) {
    const operator = body.From_Account ?? call.operator;
    const about = { GroupId: group.id, Type: group.type, TopicId: topic.id, Operator_Account: operator };
    call.webhooks.after('Group.CallbackAfterTopicInfoChanged', { ...about, ...changed }, call);
  }
  return OK;
}

export const topicRoutes = {
  create_topic: groupCall('create_topic', createTopic),
  destroy_topic: groupCall('destroy_topic', destroyTopics),
  get_topic: groupCall('get_topic', listTopics),
  modify_topic: groupCall('modify_topic', modifyTopic),
};
